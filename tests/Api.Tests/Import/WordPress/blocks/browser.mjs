// What the editor's packages expect of a browser, before they are loaded.
import { JSDOM, VirtualConsole } from "jsdom";

const { window } = new JSDOM("<!doctype html><html><body></body></html>", { url: "https://site.example/", pretendToBeVisual: true, virtualConsole: new VirtualConsole() });
const none = { observe() {}, unobserve() {}, disconnect() {} };
window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} });
window.ResizeObserver = window.IntersectionObserver = function () { return none; };
window.CSS = { supports: () => false, escape: (text) => text };
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
globalThis.window = window;
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
console.error = () => {};
