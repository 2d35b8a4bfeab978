// What @rtk-query/codegen-openapi adds its endpoints to.
import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query";
import { site } from "../story.js";

export const emptyApi = createApi({ baseQuery: fetchBaseQuery({ baseUrl: site }), endpoints: () => ({}) });
