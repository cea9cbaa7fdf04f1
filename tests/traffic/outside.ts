import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { inject } from "vitest";
import { clusterKey, GATEWAY } from "../../local/nodes/names.ts";
import { inNamespace } from "../../local/nodes/run-in.ts";
import { paths } from "../engine/rig.ts";

/** Starts a server beside the nodes, of which the cluster knows nothing and that no policy protects. */
export async function startOutside(ports: { http: number; tcp: number }): Promise<ChildProcess> {
  const application = inject("nodeToolchain").paths["demo-application"];
  const [program = "", ...rest] = inNamespace(clusterKey(paths));
  const at = ["--http", `${GATEWAY}:${ports.http}`, "--tcp", `${GATEWAY}:${ports.tcp}`];
  const child = spawn(program, [...rest, application, ...at], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}
