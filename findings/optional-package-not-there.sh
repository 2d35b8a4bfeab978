#!/usr/bin/env bash
# One would guess: a package-lock.json that `npm install` has just written without a word about a package is one that `npm ci` takes.
# True: `npm install` passes over an optional dependency that the registry does not have, and leaves it out of the lock file; `npm ci` misses it there and refuses the file it has never been able to complete.
# It names the package but no version, and advises to run `npm install`, which changes nothing. The same for an optional dependency of a dependency, far down.
# Who meets it: projects behind a registry of their own that lacks a new package or version; the update goes well on the desk and the build server stops.
# What helps: an older version of the package that wants it, by a dependency or `overrides`.
# Versions: npm 11.19.1, Node.js 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix tool npm@11.19.1
npm() { node "$folder/tool/node_modules/npm/bin/npm-cli.js" --no-audit --no-fund --ignore-scripts "$@"; }
mkdir project dependency
# is-number is there, in versions up to 7.
echo '{ "name": "dependency", "version": "1.0.0", "optionalDependencies": { "is-number": "999.0.0" } }' > dependency/package.json
(cd dependency && npm pack --silent --pack-destination ../project > /dev/null)
cd project
echo '{ "private": true, "dependencies": { "dependency": "file:dependency-1.0.0.tgz" } }' > package.json
set +e
npm install > install.log 2>&1
installed=$?
npm ci > ci.log 2>&1
clean=$?
set -e
echo "npm $(npm --version), Node.js $(node --version)"
echo "npm install ends with $installed:"
cat install.log
echo "package-lock.json names node_modules/is-number $(grep -c '"node_modules/is-number"' package-lock.json || true) times"
echo "npm ci ends with $clean:"
grep -m 3 -E 'in sync|Missing' ci.log
[ "$installed" -eq 0 ] && [ "$clean" -eq 1 ] && ! grep -q is-number install.log && ! grep -q '"node_modules/is-number"' package-lock.json && grep -q 'Missing: is-number@' ci.log
