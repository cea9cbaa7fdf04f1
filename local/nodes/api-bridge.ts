import { join } from "node:path";
import { writeWhole } from "../files/write-whole.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { NodeParts } from "./configs.ts";
import { answersInVpc } from "./connect.ts";
import { clusterKey, GATEWAY } from "./names.ts";

const HEALTH_PORT = 1;

/** Answers at the VPC's gateway for the API server, which listens on the host's loopback address alone. */
export function apiBridge({ paths, ports, toolchain }: NodeParts): ProcessSpec {
  const key = clusterKey(paths);
  const file = join(paths.run, "api-bridge.cfg");
  const config = `global
  maxconn 4096
defaults
  mode tcp
  timeout connect 5s
  timeout client 2h
  timeout server 2h
listen api-server
  bind ${GATEWAY}:${ports.apiServer} namespace ${key}
  server api-server 127.0.0.1:${ports.apiServer}
frontend health
  mode http
  bind ${GATEWAY}:${HEALTH_PORT} namespace ${key}
  http-request return status 200
`;
  writeWhole(file, config);
  return {
    name: "api-bridge",
    order: 4,
    command: toolchain.paths.haproxy,
    args: ["-db", "-f", file],
    restartOn: config,
    isReady: () => answersInVpc(paths, `http://${GATEWAY}:${HEALTH_PORT}/`),
    readyTimeoutSeconds: 20,
  };
}
