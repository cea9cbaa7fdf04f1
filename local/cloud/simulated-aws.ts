import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { answersOk } from "../cluster/health.ts";
import { privateFolder } from "../files/private-folder.ts";
import { writeWhole } from "../files/write-whole.ts";
import type { LocalPaths } from "../paths.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import { dataPlaneFiles } from "./load-balancers/spec.ts";

/** Region of the simulated AWS. */
export const AWS_REGION = "us-east-1";

const server = join(dirname(fileURLToPath(import.meta.url)), "simulated_aws.py");

/** How to reach the simulated AWS: what the AWS SDKs read from the environment. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The access to the simulated AWS of this folder; its random key is made once. */
export function awsAccess(paths: LocalPaths, port: number): AwsAccess {
  const path = join(paths.pki, "aws-access-key");
  if (!existsSync(path)) {
    privateFolder(paths.pki);
    writeWhole(path, randomBytes(10).toString("hex").toUpperCase());
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: readFileSync(path, "utf8"),
    secretAccessKey: "not-checked-by-the-simulation",
  };
}

/** The environment in which an AWS SDK speaks to the simulated AWS and to no other. */
export const awsEnvironment = (access: AwsAccess): Record<string, string> => ({
  AWS_ENDPOINT_URL: access.endpoint,
  AWS_ACCESS_KEY_ID: access.accessKeyId,
  AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
  AWS_REGION,
  AWS_EC2_METADATA_DISABLED: "true",
});

/** The simulated AWS: moto behind a journal, so that it remembers over restarts. */
export function simulatedAws(
  paths: LocalPaths,
  toolchain: Pick<Toolchain<"moto">, "paths">,
  access: AwsAccess,
): ProcessSpec {
  const port = new URL(access.endpoint).port;
  const dataPlane = dataPlaneFiles(paths.loadBalancers).socket;
  privateFolder(dirname(paths.awsJournal));
  return {
    name: "aws",
    order: 1,
    command: toolchain.paths.moto,
    args: [
      server,
      `--port=${port}`,
      `--journal=${paths.awsJournal}`,
      `--faults=${paths.awsFaults}`,
      // As seen from the folder in which it runs: a unix socket's path may have 107 characters at most.
      `--data-plane=${relative(paths.run, dataPlane)}`,
    ],
    environment: { AWS_ACCESS_KEY_ID: access.accessKeyId, PYTHONDONTWRITEBYTECODE: "1" },
    isReady: () => answersOk(`${access.endpoint}/moto-api/`),
    readyTimeoutSeconds: 60,
  };
}
