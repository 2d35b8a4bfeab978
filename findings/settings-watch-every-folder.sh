#!/usr/bin/env bash
# One would guess: "reloadOnChange: true" for appsettings.json, which the builders of .NET hosts set by default, watches that one file, or at most the folder it is in.
# True on Linux: it takes one inotify watch for every folder below the content root, which by default is the folder the program was started in: data folders, node_modules, the files of a
# database. Each file written in any of them wakes the process, and all the watches count against the limit of the user (fs.inotify.max_user_watches). The cause is that the file provider of the
# content root has one watcher for everything below it. The file need not exist. Without reloading, nothing is watched.
# Who meets it: services on .NET that are started in a folder with a large tree below it, such as a checkout with a local database; and hosts in containers that share one limit. What helps:
# hostBuilder:reloadConfigOnChange=false (an argument, or DOTNET_hostBuilder__reloadConfigOnChange), or a content root without a tree.
# Versions: Microsoft.Extensions.Hosting 10.0.15, Linux, .NET SDK 10.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/program" "$folder/start"
for n in $(seq 40); do mkdir -p "$folder/start/data/$n/a/b/c"; done
cd "$folder/program"
cat >program.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.15" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
using var host = builder.Build();
var watches = Directory.GetFiles("/proc/self/fdinfo").Sum(file =>
{
    try { return File.ReadLines(file).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal)); }
    catch (IOException) { return 0; }
});
Console.WriteLine(watches);
CS
dotnet build -v q -o out >build.log 2>&1 || { cat build.log; exit 1; }
cd "$folder/start"
folders=$(find . -type d | wc -l)
default=$(dotnet "$folder/program/out/program.dll")
without=$(dotnet "$folder/program/out/program.dll" --hostBuilder:reloadConfigOnChange=false)
version=$(grep -o '"Microsoft.Extensions.Hosting/[0-9.]*"' "$folder/program/out/program.deps.json" | head -1)
echo "$version: $folders folders, no appsettings.json"
echo "watches by default: $default; without reloading: $without"
[ "$default" -ge "$folders" ] && [ "$without" -eq 0 ] || { echo "the behaviour has changed"; exit 1; }
