// Serves the page of where-is-my-pod until it is told to end, and writes its address: node serve.ts PORT FILE KUBECONFIG
import { once } from "node:events";
import { accessTo } from "../../where/api/access-to.ts";
import { httpApi } from "../../where/api/http-api.ts";
import { servePage } from "../../where/page/server/serve-page.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import type { ListeningPage } from "./ensure-page.ts";

const [, , port, file = "", kubeconfig] = process.argv;
const access = await accessTo({ kubeconfig });
const options = {
  api: httpApi(access),
  namespace: access.namespace,
  onError: (error: unknown) => console.error(error),
};
const page = await servePage({ ...options, port: Number(port) }).catch(
  (error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    return servePage(options);
  },
);
const listening: ListeningPage = { pid: process.pid, url: page.url };
writeAtomically(file, JSON.stringify(listening));
await once(process, "SIGTERM");
await page.close();
