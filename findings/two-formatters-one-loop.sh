#!/usr/bin/env bash
# One would guess: C# that CSharpier has formatted passes "dotnet format whitespace --verify-no-changes", as both know one usual layout; a pipeline can check both.
# True: they disagree about the head of a loop whose last part is empty. CSharpier writes "for (var n = 0; ; )", dotnet format wants "for (var n = 0; ;)", and each changes the file of the other
# back. csharp_space_after_semicolon_in_for_statement, the one setting of dotnet format that is about it, makes no peace: with "false" dotnet format rejects the space after the first semicolon as well.
# Who meets it: projects that move from dotnet format to CSharpier and keep both checks. What helps: check layout with CSharpier, and rules of style by the build (EnforceCodeStyleInBuild) or
# "dotnet format style".
# Versions: CSharpier 1.3.0, dotnet format of the .NET SDK 10.0.401.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet new console -n Loop --no-restore >/dev/null
cd Loop
printf 'root = true\n' > .editorconfig
dotnet new tool-manifest >/dev/null
dotnet tool install csharpier --version 1.3.0 >/dev/null
dotnet restore >/dev/null
echo "csharpier $(dotnet csharpier --version), dotnet $(dotnet --version)"
cat > Program.cs <<'CS'
for (var n = 0; ; )
{
    if (n++ > 3)
        return;
}
CS
fails() { if "$@" >out.txt 2>&1; then echo "passed: $*"; exit 1; else echo "refused: $*"; fi; }

dotnet csharpier check Program.cs >/dev/null
fails dotnet format whitespace --verify-no-changes
grep -o 'error WHITESPACE: [^[]*' out.txt
dotnet format whitespace
head -1 Program.cs
fails dotnet csharpier check Program.cs

printf '[*.cs]\ncsharp_space_after_semicolon_in_for_statement = false\n' >> .editorconfig
dotnet csharpier format Program.cs >/dev/null
fails dotnet format whitespace --verify-no-changes
[ "$(grep -c 'error WHITESPACE' out.txt)" -ge 2 ]
grep -o 'Program.cs([0-9,]*): error WHITESPACE: [^[]*' out.txt
