// The document is a copy of /openapi/v1.json.
module.exports = {
  schemaFile: "../../obj/client/rtk-query.json",
  apiFile: "./empty.ts",
  apiImport: "emptyApi",
  outputFile: "../../obj/client/rtk-query/api.ts",
  exportName: "api",
  encodePathParams: true,
};
