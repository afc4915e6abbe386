// Creates a hook and finds it in a list, with the client that hey-api generates.
import { createExecutionHook, listExecutionHooks } from "./hey-api/index.js";
import { client } from "./hey-api/client.gen.js";

const { EXECUTION_HOOKS_URL, EXECUTION_HOOKS_TOKEN, EXECUTION_HOOKS_ACCOUNT, APP, SOURCE } = process.env;
client.setConfig({ baseUrl: EXECUTION_HOOKS_URL ?? "", auth: () => EXECUTION_HOOKS_TOKEN });
const path = { account_id: EXECUTION_HOOKS_ACCOUNT ?? "" };

const created = await createExecutionHook({
  path,
  headers: { "Content-Type": "application/json" },
  body: {
    type: "application/astra-executionHook",
    version: "1.3",
    name: "made with hey-api",
    hookType: "custom",
    action: "backup",
    stage: "post",
    hookSourceID: SOURCE ?? "",
    appID: APP ?? "",
  },
});
if (created.error) throw new Error(`${created.error.status}: ${created.error.detail}`);

const listed = await listExecutionHooks({ path, query: { filter: `id eq '${created.data?.id}'` } });
if (listed.error) throw new Error(listed.error.detail);
for (const item of listed.data?.items ?? []) {
  if (!Array.isArray(item)) console.log(item.name, item.action);
}
