import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import getPort from "get-port";
import {
  AWS_REGION,
  type AwsAccess,
  awsAccess,
  awsReadAccess,
  simulatedAws,
} from "../../local/cloud/simulated-aws.ts";
import { type LocalPaths, localPaths } from "../../local/paths.ts";
import { ensureRunning, stopProcess } from "../../local/processes/managed-process.ts";
import { readRecord } from "../../local/processes/record.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import {
  type AwsAttempt,
  type Credentials,
  exchange,
  signedWith,
  wireBytes,
} from "../shared/aws-attempts.ts";

/** A simulated AWS alone, without a cluster. */
export interface LoneAws {
  readonly paths: LocalPaths;
  readonly port: number;
  readonly owner: AwsAccess;
  readonly reader: AwsAccess;
  readonly ec2: EC2;
  readonly balancing: ElasticLoadBalancingV2;
  readonly journal: () => string;
  readonly pid: () => number;
  /** Sends an attempt and resolves to its answer. */
  readonly send: (attempt: AwsAttempt, credentials: Credentials) => Promise<string>;
  /** Everything of which there may be more or less after a change. */
  readonly state: () => Promise<string>;
  readonly start: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Starts it in a folder of its own. */
export async function startLoneAws(): Promise<LoneAws> {
  const paths = localPaths(mkdtempSync(join(tmpdir(), "simulated-aws-")));
  mkdirSync(paths.run, { mode: 0o700 });
  const port = await getPort({ host: "127.0.0.1" });
  const toolchain = await ensureToolchain({ tools: ["moto"], report });
  const [owner, reader] = [awsAccess(paths, port), awsReadAccess(paths, port)];
  const client = {
    region: AWS_REGION,
    endpoint: owner.endpoint,
    credentials: owner,
    maxAttempts: 1,
  };
  const record = () => readRecord(paths.run, "aws");
  const start = () =>
    ensureRunning(simulatedAws(paths, toolchain, owner), { ...paths, report: () => {} });
  const stop = async () => {
    const running = record();
    if (running) await stopProcess(running, paths);
  };
  const send = (attempt: AwsAttempt, credentials: Credentials) =>
    exchange(port, wireBytes(attempt, `127.0.0.1:${port}`, credentials));
  await start();
  return {
    ...{ paths, port, owner, reader, send, start, stop },
    ec2: new EC2(client),
    balancing: new ElasticLoadBalancingV2(client),
    journal: () => readFileSync(paths.awsJournal, "utf8"),
    pid: () => record()?.pid ?? Number.NaN,
    state: () => stateOf(send, signedWith(owner)),
    remove: async () => {
      await stop();
      rmSync(paths.root, { recursive: true });
    },
  };
}

const form = { "content-type": "application/x-www-form-urlencoded" };
const query = (service: string, body: string): AwsAttempt["request"] => ({
  ...{ service, method: "POST", target: "/", headers: form, body },
});
const looks: readonly AwsAttempt["request"][] = [
  query("ec2", "Action=DescribeVpcs&Version=2016-11-15"),
  query("ec2", "Action=DescribeSecurityGroups&Version=2016-11-15"),
  query("elasticloadbalancing", "Action=DescribeLoadBalancers&Version=2015-12-01"),
  query("elasticloadbalancing", "Action=DescribeLoadBalancers&Version=2012-06-01"),
  { service: "s3", method: "GET", target: "/" },
  { service: "route53", method: "GET", target: "/2013-04-01/hostedzone" },
  {
    ...query("acm", "{}"),
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CertificateManager.ListCertificates",
    },
  },
];

async function stateOf(send: LoneAws["send"], owner: Credentials): Promise<string> {
  const seen: string[] = [];
  for (const request of looks) {
    const answer = await send({ name: "look", request }, owner);
    if (!answer.startsWith("HTTP/1.1 200")) throw new Error(answer);
    const [, body = ""] = answer.split("\r\n\r\n");
    seen.push(body.replace(/<(RequestId|requestId)>.*?<\/\1>/g, ""));
  }
  return seen.join("\n");
}
