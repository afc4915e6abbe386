// Creates a hook and finds it in a list, with the types of openapi-typescript and the client openapi-fetch.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const { EXECUTION_HOOKS_URL, EXECUTION_HOOKS_TOKEN, EXECUTION_HOOKS_ACCOUNT, APP, SOURCE } = process.env;
const client = createClient<paths>({
  baseUrl: EXECUTION_HOOKS_URL ?? "",
  headers: { Authorization: `Bearer ${EXECUTION_HOOKS_TOKEN}` },
});
const path = { account_id: EXECUTION_HOOKS_ACCOUNT ?? "" };

const created = await client.POST("/accounts/{account_id}/core/v1/executionHooks", {
  params: { path },
  headers: { "Content-Type": "application/json" },
  body: {
    type: "application/astra-executionHook",
    version: "1.3",
    name: "made with openapi-fetch",
    hookType: "custom",
    action: "snapshot",
    stage: "pre",
    hookSourceID: SOURCE ?? "",
    appID: APP ?? "",
    enabled: "true",
  },
});
if (created.error) throw new Error(`${created.error.status}: ${created.error.detail}`);

const listed = await client.GET("/accounts/{account_id}/core/v1/executionHooks", {
  params: { path, query: { filter: `id eq '${created.data.id}'` } },
});
if (listed.error) throw new Error(listed.error.detail);
for (const item of listed.data.items) {
  if (!Array.isArray(item)) console.log(item.name, item.action);
}
