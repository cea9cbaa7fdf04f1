// The process `load-balancers`: it carries what the simulated network load balancers take. Its one argument is its settings as JSON.
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { messageOf } from "../../errors.ts";
import { filterPackets } from "../../nodes/filter-packets.ts";
import { readAwsKey } from "../aws-keys.ts";
import { readSecurityGroups } from "../security-groups/read-security-groups.ts";
import { AWS_REGION } from "../simulated-aws.ts";
import { DataPlane } from "./data-plane.ts";
import { nodePortReader } from "./node-ports.ts";
import { readBalancing } from "./read-balancing.ts";
import type { DataPlaneSettings } from "./spec.ts";

/** The simulated AWS tells of every change; this is for what it told to nobody. */
const LOOK_EVERY_MILLISECONDS = 2000;
const SOCKET = "api.sock";
const READ_ATTEMPTS = 3;

const settings = JSON.parse(process.argv[2] ?? "{}") as DataPlaneSettings;
process.chdir(settings.folder);
const report = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};
const access = {
  region: AWS_REGION,
  endpoint: settings.endpoint,
  credentials: readAwsKey(settings.awsKey),
};
const client = new ElasticLoadBalancingV2Client(access);
const ec2 = new EC2(access);
const dataPlane = new DataPlane({
  haproxy: settings.haproxy,
  namespace: settings.namespace,
  nodes: Object.values(settings.addresses),
  readBalancing: () => readAgain(() => readBalancing(client, settings.addresses)),
  readSecurityGroups: () => readAgain(() => readSecurityGroups(ec2, settings.addresses)),
  filterPackets: (rules) => filterPackets(settings.nft, `/run/netns/${settings.namespace}`, rules),
  readNodePorts: settings.kubeconfig ? nodePortReader(settings.kubeconfig) : async () => [],
  report,
});

/** Something may go while it is read. */
async function readAgain<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (attempt === READ_ATTEMPTS) throw error;
    }
  }
}

let applied = false;
const server = createServer(async (request, response) => {
  try {
    if (request.method === "POST") await dataPlane.apply();
    else if (!applied) throw new Error("not ready");
    response.writeHead(200).end();
  } catch (error) {
    response.writeHead(503).end(messageOf(error));
  }
});

async function look(): Promise<void> {
  let said = "";
  for (;;) {
    try {
      await dataPlane.refresh();
      applied = true;
      said = "";
    } catch (error) {
      if (messageOf(error) !== said) report(messageOf(error));
      said = messageOf(error);
    }
    await delay(LOOK_EVERY_MILLISECONDS);
  }
}

async function stop(): Promise<void> {
  server.close();
  await dataPlane.stop();
  rmSync(SOCKET, { force: true });
  process.exit();
}

process.on("SIGTERM", stop);
process.on("SIGINT", stop);
rmSync(SOCKET, { force: true }); // of a process that was killed
server.listen(SOCKET);
await look();
