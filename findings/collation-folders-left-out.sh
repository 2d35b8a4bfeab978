#!/usr/bin/env bash
# One would guess: SatelliteResourceLanguages=en keeps translated messages out of what "dotnet publish" makes, and nothing else; a program that wants the order of another language and cannot have it fails.
# True: ICU4N keeps the rules of each language in a satellite assembly. With that setting they are left out, no error or warning says so, and Collator.GetInstance gives the order of the root:
# Swedish words with å, ä and ö stand among those with a and o instead of behind z. Without the setting they are right.
# Who meets it: programs with ICU4N whose project, or one of its templates, has that widely advised setting.
# Versions: ICU4N and ICU4N.Resources 60.1.0-alpha.440, .NET SDK 10.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > sort.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NoWarn>NU1603;NU1608</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="ICU4N" Version="60.1.0-alpha.440" />
    <PackageReference Include="ICU4N.Resources" Version="60.1.0-alpha.440" />
  </ItemGroup>
</Project>
XML
cat > sort.cs <<'CS'
using ICU4N.Globalization;
using ICU4N.Text;

var swedish = Collator.GetInstance(new UCultureInfo("sv"));
string[] words = ["zebra", "öppen", "apa", "ålder", "oljud"];
Console.WriteLine(string.Join(' ', words.OrderBy(word => word, Comparer<string>.Create((one, other) => swedish.Compare(one, other)))));
CS
dotnet publish -v q -o all > log 2>&1 || { cat log; exit 1; }
dotnet publish -v q -o few -p:SatelliteResourceLanguages=en > log 2>&1 || { cat log; exit 1; }
echo "ICU4N 60.1.0-alpha.440, .NET SDK $(dotnet --version)"
all=$(dotnet all/sort.dll)
few=$(dotnet few/sort.dll)
echo "all folders:                     $all"
echo "SatelliteResourceLanguages=en:   $few"
[ "$all" = "apa oljud zebra ålder öppen" ]
[ "$few" = "ålder apa oljud öppen zebra" ]
