// Verifies a message with the reference library of Standard Webhooks: node webhook.mjs SECRET FILE, with {headers, body in base64}.
import { readFile } from "node:fs/promises";
import { Webhook } from "standardwebhooks";

const [secret, file] = process.argv.slice(2);
const { headers, body } = JSON.parse(await readFile(file, "utf8"));
const text = Buffer.from(body, "base64").toString("utf8");
const message = new Webhook(secret).verify(text, headers);

const refuses = (body, headers) => {
  try {
    new Webhook(secret).verify(body, headers);
  } catch {
    return;
  }
  throw new Error("A changed message was accepted.");
};
refuses(`${text} `, headers);
refuses(text, { ...headers, "webhook-id": "msg_another" });
refuses(text, { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1) });
console.log(message.type);
