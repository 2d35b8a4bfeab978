#!/usr/bin/env bash
# One would guess: every EventSource keeps the last `id:` it was sent and sends it as Last-Event-ID when it connects again, also an id that came without data, and
# gives it to later events that have none. The standard says so (WHATWG HTML 9.2.6: the id is stored before the data is looked at).
# True: the `eventsource` package for Node.js forgets an id that comes without data, and on a new connection its events have an empty lastEventId until an id comes.
# undici's EventSource follows the standard; @microsoft/fetch-event-source stores such an id, and calls onmessage with empty data for it.
# Who meets it: servers that move a filtered reader's position forward without an event. A reader with `eventsource` comes back with an older position, and a server
# that has forgotten that position by then makes it start over. What helps: repeat the position in an event with data, such as the first one of each connection.
# Versions: eventsource 4.1.1, undici 7.30.2, @microsoft/fetch-event-source 2.0.1, Node.js 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --ignore-scripts --no-audit --no-fund eventsource@4.1.1 undici@7.30.2 @microsoft/fetch-event-source@2.0.1
cat > ids.mjs <<'JS'
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { EventSource } from "eventsource";
import { EventSource as UndiciEventSource } from "undici";

// The package expects a page, to close streams while it is hidden.
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
globalThis.window = globalThis;
const { fetchEventSource } = createRequire(import.meta.url)("@microsoft/fetch-event-source");

// The first connection gets an event, then an id alone, and ends; the second gets an event without an id.
async function connectTwice(listen) {
  const sent = [];
  const server = createServer((request, response) => {
    sent.push(request.headers["last-event-id"] ?? "none");
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (sent.length > 1) return response.write("data: last\n\n");
    response.write("retry: 50\nid: 1\ndata: first\n\n");
    setTimeout(() => response.write("id: 2\n\n"), 50);
    setTimeout(() => response.destroy(), 200);
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  const events = await listen(`http://127.0.0.1:${server.address().port}/`);
  server.closeAllConnections();
  server.close();
  return `Last-Event-ID: ${sent[1]}; events: ${events.join(", ")}`;
}

const asBrowser = Source => url => new Promise(resolve => {
  const events = [];
  const source = new Source(url);
  source.onmessage = ({ data, lastEventId }) => {
    events.push(`${data || "(empty)"} ${lastEventId || "(no id)"}`);
    if (data === "last") { source.close(); resolve(events); }
  };
});

const byFetch = url => new Promise(resolve => {
  const events = [];
  const stop = new AbortController();
  const onmessage = ({ data, id }) => {
    events.push(`${data || "(empty)"} ${id || "(no id)"}`);
    if (data === "last") { stop.abort(); resolve(events); }
  };
  fetchEventSource(url, { signal: stop.signal, onmessage, onerror: () => 50 }).catch(() => {});
});

console.log(`Node.js ${process.version}`);
for (const [name, listen, expected] of [
  ["eventsource 4.1.1", asBrowser(EventSource), "Last-Event-ID: 1; events: first 1, last (no id)"],
  ["undici 7.30.2", asBrowser(UndiciEventSource), "Last-Event-ID: 2; events: first 1, last 2"],
  ["@microsoft/fetch-event-source 2.0.1", byFetch, "Last-Event-ID: 2; events: first 1, (empty) 2, last (no id)"],
]) {
  const found = await connectTwice(listen);
  console.log(`${name}: ${found}`);
  if (found !== expected) { console.log(`  no longer ${expected}`); process.exitCode = 1; }
}
process.exit();
JS
node --no-warnings ids.mjs
