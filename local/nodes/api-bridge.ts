import { join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { haproxyText } from "../formats/haproxy.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import { givingUpPrivileges } from "../processes/privileges.ts";
import type { NodeParts } from "./configs.ts";
import { answersInVpc } from "./connect.ts";
import { clusterKey, GATEWAY } from "./names.ts";

const HEALTH_PORT = 1;
/** A number that belongs to nobody, and is not that of the load balancers' HAProxy either. */
const USER = 61_001;
/** A folder with nothing in it, in the folder in which the process runs. */
const ROOT = "api-bridge-root";
/** To listen in the VPC's network and to become another user; it has none of them once it runs. */
const TO_START = ["sys_admin", "net_bind_service", "sys_chroot", "setuid", "setgid"];

/**
 * Answers at the VPC's gateway for the API server, which listens on the host's loopback address alone. Once it listens, it is a user
 * without rights, in an empty folder.
 */
export function apiBridge({ paths, ports, toolchain }: NodeParts): ProcessSpec {
  const file = join(paths.run, "api-bridge.cfg");
  const config = bridgeText(clusterKey(paths), ports.apiServer);
  privateFolder(join(paths.run, ROOT));
  writeAtomically(file, config);
  return {
    name: "api-bridge",
    order: 4,
    command: "setpriv",
    args: [...givingUpPrivileges(TO_START), "--", toolchain.paths.haproxy, "-db", "-f", file],
    restartOn: config,
    isReady: () => answersInVpc(paths, `http://${GATEWAY}:${HEALTH_PORT}/`),
    readyTimeoutSeconds: 20,
  };
}

/** Its configuration, from the name of the VPC's network namespace and the API server's port. */
export function bridgeText(namespace: string, apiServer: number): string {
  const inVpc = ["namespace", namespace];
  return haproxyText("api-bridge.cfg", [
    {
      keyword: "global",
      lines: [
        ["maxconn", 4096],
        ["uid", USER],
        ["gid", USER],
        ["chroot", ROOT],
      ],
    },
    {
      keyword: "defaults",
      lines: [
        ["mode", "tcp"],
        ["timeout", "connect", "5s"],
        ["timeout", "client", "2h"],
        ["timeout", "server", "2h"],
      ],
    },
    {
      keyword: "listen",
      name: "api-server",
      lines: [
        ["bind", `${GATEWAY}:${apiServer}`, ...inVpc],
        ["server", "api-server", `127.0.0.1:${apiServer}`],
      ],
    },
    {
      keyword: "frontend",
      name: "health",
      lines: [
        ["mode", "http"],
        ["bind", `${GATEWAY}:${HEALTH_PORT}`, ...inVpc],
        ["http-request", "return", "status", 200],
      ],
    },
  ]);
}
