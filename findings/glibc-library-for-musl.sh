#!/usr/bin/env bash
# One would guess: dotnet publish -r linux-musl-x64, for Alpine, gives a program with Roaring.Net either a native library that works there, or an error, as the package has none for musl.
# True: it gives the library for glibc, without a word. The SDK takes linux-x64 for an ancestor of linux-musl-x64, so what a package has for the one is copied for the other. Some such libraries work all
# the same, since musl answers to the name libc.so.6. This one does not: it was compiled with FORTIFY_SOURCE, and musl has no __memcpy_chk and no __printf_chk.
# Who meets it: services that keep sets of items as Roaring bitmaps and move to an Alpine image; they build and start, and fail at the first bitmap.
# Versions: Roaring.Net 2.1.1, .NET SDK 10, musl 1.2.3 (Debian 1.2.3-1). Wants x64 and apt.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > sets.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <UseAppHost>false</UseAppHost>
    <SelfContained>false</SelfContained>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Roaring.Net" Version="2.1.1" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Roaring.Net.CRoaring;

using var bitmap = Roaring32Bitmap.FromValues([1, 2, 70_000]);
System.Console.WriteLine($"members: {bitmap.Count}");
CS
changed=0
for system in linux-x64 linux-musl-x64; do
  dotnet publish -c Release -r "$system" -o "out/$system" -v quiet --nologo > "$system.log" 2>&1 || { cat "$system.log"; exit 1; }
  echo "Roaring.Net 2.1.1, SDK $(dotnet --version), published for $system: $(sha256sum "out/$system/libroaring.so" | head -c 16) libroaring.so, $(grep -c warning "$system.log" || true) warnings"
done
echo "with glibc: $(dotnet out/linux-x64/sets.dll)"
cmp out/linux-x64/libroaring.so out/linux-musl-x64/libroaring.so && echo "the same library for both" || changed=1

apt-get download -qq musl=1.2.3-1 2> /dev/null
dpkg-deb -x musl_1.2.3-1_*.deb .
# Its loader lists what a library needs, as ldd does.
loaded=$(lib/x86_64-linux-musl/libc.so --list out/linux-musl-x64/libroaring.so 2>&1 || true)
echo "musl 1.2.3:"
echo "$loaded" | sed 's/(0x[0-9a-f]*)//; s/^/  /'
for missing in __memcpy_chk __printf_chk; do
  grep -q "$missing: symbol not found" <<< "$loaded" || { echo "  no longer without $missing"; changed=1; }
done
exit $changed
