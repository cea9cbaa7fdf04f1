// Serves the page of where-is-my-pod until it is told to end: node serve.ts PORT TOKEN-FILE KUBECONFIG
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { accessTo } from "../../where/api/access-to.ts";
import { httpApi } from "../../where/api/http-api.ts";
import { servePage } from "../../where/page/server/serve-page.ts";

const [, , port, tokenFile = "", kubeconfig] = process.argv;
const access = await accessTo({ kubeconfig });
const page = await servePage({
  api: httpApi(access),
  namespace: access.namespace,
  port: Number(port),
  token: readFileSync(tokenFile, "utf8"),
  onError: (error) => console.error(error),
});
await once(process, "SIGTERM");
await page.close();
