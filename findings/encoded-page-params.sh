#!/usr/bin/env bash
# One would guess: in the App Router of Next.js, `params` of one segment are the same text in a page, in its generateMetadata and in a route handler.
# True: generateMetadata and route handlers get it decoded, 中; the page gets it percent-encoded, %E4%B8%AD, and also where the address was not: /p/a+b:c arrives as a%2Bb%3Ac.
# So a page that puts the slug into the address of an API with encodeURIComponent encodes it twice and shows "not found", under a title that generateMetadata has found; with plain ASCII slugs nobody notices.
# Who meets it: sites with slugs in other scripts. What helps: decodeURIComponent in the page, and only there: elsewhere a slug such as 100% would throw in it.
# Versions: next 16.4.6, react 19.3.1, Node.js 20.20.
set -euo pipefail
folder=$(mktemp -d)
server=""
finish() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$folder"; }
trap finish EXIT
cd "$folder"
export NEXT_TELEMETRY_DISABLED=1
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --ignore-scripts --no-audit --no-fund next@16.4.6 react@19.3.1 react-dom@19.3.1
mkdir -p 'app/p/[slug]' 'app/r/[slug]'
echo 'export default function Layout({ children }) { return <html><body>{children}</body></html>; }' > app/layout.jsx
cat > 'app/p/[slug]/page.jsx' <<'JS'
export const generateMetadata = async ({ params }) => ({ title: (await params).slug });
export default async function Page({ params }) { return <p>{(await params).slug}</p>; }
JS
echo 'export const GET = async (_, { params }) => new Response((await params).slug);' > 'app/r/[slug]/route.js'
node node_modules/next/dist/bin/next build > build.log 2>&1 || { cat build.log; exit 1; }
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
node node_modules/next/dist/bin/next start --hostname 127.0.0.1 --port "$port" > server.log 2>&1 &
server=$!
cat > ask.mjs <<'JS'
const site = `http://127.0.0.1:${process.argv[2]}`;
for (let n = 0; ; n++) {
  try { await fetch(site); break; } catch (error) { if (n === 300) throw error; await new Promise(resolve => setTimeout(resolve, 100)); }
}
console.log(`next 16.4.6, Node.js ${process.version}`);
const show = (what, text, expected) => {
  console.log(`${what}: ${text}`);
  if (text !== expected) { console.log(`  no longer ${expected}`); process.exitCode = 1; }
};
for (const [segment, encoded, decoded] of [["%E4%B8%AD", "%E4%B8%AD", "中"], ["a+b:c", "a%2Bb%3Ac", "a+b:c"], ["100%25", "100%25", "100%"]]) {
  const html = await (await fetch(`${site}/p/${segment}`)).text();
  show(`/p/${segment}, page`, /<p>([^<]*)</.exec(html)?.[1], encoded);
  show(`/p/${segment}, generateMetadata`, /<title>([^<]*)</.exec(html)?.[1], decoded);
  show(`/r/${segment}, route handler`, await (await fetch(`${site}/r/${segment}`)).text(), decoded);
}
JS
node ask.mjs "$port"
