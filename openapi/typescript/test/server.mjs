import { createServer } from "node:http";

/** A server of the test itself. It keeps the requests; `answer` gets each and returns the JSON, or { status, headers, body }. */
export async function serve(answer) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url, headers: request.headers });
    const { status = 200, headers = {}, body } = answer(request.url, requests.length) ?? {};
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  return {
    requests,
    address: `http://127.0.0.1:${server.address().port}`,
    close,
  };
  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

/** Runs a test with such a server. */
export const withServer = (answer, run) => async () => {
  const server = await serve(answer);
  try {
    await run(server);
  } finally {
    await server.close();
  }
};

export const problem = (status, code, more = {}) => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: "about:blank", title: "T", status, detail: `Detail of ${code}.`, instance: "/", code, parameter: null, allowed: [], reason: null, traceId: "1", ...more },
});
