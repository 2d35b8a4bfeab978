#!/usr/bin/env bash
# One would guess: string.Normalize() takes every text that is valid UTF-16, and rejects lone surrogates only, as its documentation names "invalid Unicode characters"; what a strict UTF-8 decoder has
# accepted can be normalized.
# True: it rejects U+FFFE as well, which is a valid code point that UTF-8 may hold (EF BF BE), and no other noncharacter: U+FFFF and U+FDD0 pass. IsNormalized() throws in the same way. So does a slug, an
# address or a search word that is normalized after it was decoded, with an ArgumentException that nobody expects.
# Who meets it: web services that normalize paths, query strings or imported titles (slugs in form C), where "%EF%BF%BE" or the entity &#xFFFE; comes from outside. What helps: refuse noncharacters
# before, or replace U+FFFE by U+FFFD.
# Versions: .NET 10.0 with ICU on Linux.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0
dotnet new console -n Forms >/dev/null
cat > Forms/Program.cs <<'CS'
using System.Text;
Console.WriteLine($".NET {Environment.Version}");
foreach (var code in new[] { 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF })
{
    // A decoder that throws on whatever is no UTF-8 takes all of them.
    var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.UTF8.GetBytes("a" + (char)code));
    Console.WriteLine($"U+{code:X4}: Normalize {Try(() => text.Normalize())}, IsNormalized {Try(() => text.IsNormalized())}");
}
static string Try<T>(Func<T> what)
{
    try { what(); return "passes"; }
    catch (ArgumentException e) { return e.GetType().Name; }
}
CS
dotnet run --project Forms | tee out.txt
diff <(tail -n +2 out.txt) - <<'X'
U+FDD0: Normalize passes, IsNormalized passes
U+FFFD: Normalize passes, IsNormalized passes
U+FFFE: Normalize ArgumentException, IsNormalized ArgumentException
U+FFFF: Normalize passes, IsNormalized passes
X
