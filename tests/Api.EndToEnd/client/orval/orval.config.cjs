// The document is a copy of /openapi/v1.json.
module.exports = {
  content: {
    input: "../../obj/client/orval.json",
    output: {
      target: "../../obj/client/orval/api.ts",
      client: "fetch",
      mode: "single",
      baseUrl: { getBaseUrlFromSpecification: true },
    },
  },
};
