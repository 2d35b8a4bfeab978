// Prints what a reader of the stream of changes gets, a line each, until it is ended: streams.mjs READER URL
import { fetchEventSource } from "@microsoft/fetch-event-source";
import { EventSource } from "eventsource";
import { chromium } from "playwright-core";
import { packagedBrowser } from "../browser/packaged.mjs";

const [, , reader, site] = process.argv;
const path = "/v1/changes/stream";

const print = (name, data) => {
  if (name === "ready" || name === "resync") console.log(name);
  else for (const { slug } of JSON.parse(data).changes) console.log(slug);
};

const readers = {
  async eventsource() {
    const stream = new EventSource(site + path);
    for (const name of ["ready", "resync", "message"]) stream.addEventListener(name, event => print(name, event.data));
  },

  async "fetch-event-source"() {
    globalThis.window = globalThis;
    await fetchEventSource(site + path, {
      openWhenHidden: true,
      onmessage: event => event.data && print(event.event, event.data),
      // A stream that ends would not be opened again without an error.
      onclose: () => {
        throw new Error("ended");
      },
      onerror: () => {},
    });
  },

  async Chromium() {
    const browser = await chromium.launch({ ...(await packagedBrowser()), args: ["--no-sandbox", "--disable-gpu"] });
    const page = await browser.newPage();
    await page.exposeFunction("print", print);
    await page.goto(site, { timeout: 90_000 });
    await page.evaluate(path => {
      const stream = new EventSource(path);
      for (const name of ["ready", "resync", "message"]) stream.addEventListener(name, event => window.print(name, event.data));
    }, path);
  },
};

await readers[reader]();
