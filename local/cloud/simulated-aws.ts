import { dirname, join, relative } from "node:path";
import { privateFolder } from "../files/private-folder.ts";
import type { LocalPaths } from "../paths.ts";
import { answersOk } from "../processes/health.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import { type AwsKey, ensureAwsKeys, readAwsKey } from "./aws-keys.ts";
import { dataPlaneFiles } from "./load-balancers/spec.ts";

/** Region of the simulated AWS. */
export const AWS_REGION = "us-east-1";

const server = join(import.meta.dirname, "../programs/simulated-aws/aws_main.py");

/** What the simulated AWS answers without a key: that it is there. No bucket of S3 may have this name. */
export const AWS_HEALTH_PATH = "/_health";

/** How to reach the simulated AWS: what the AWS SDKs read from the environment. */
export interface AwsAccess extends AwsKey {
  readonly endpoint: string;
}

/** The access of the owner, who may change everything. */
export const awsAccess = (paths: LocalPaths, port: number): AwsAccess => ({
  endpoint: endpointOf(port),
  ...readAwsKey(ensureAwsKeys(paths).owner),
});

/** The access that only reads: a change with it is refused. */
export const awsReadAccess = (paths: LocalPaths, port: number): AwsAccess => ({
  endpoint: endpointOf(port),
  ...readAwsKey(ensureAwsKeys(paths).reader),
});

const endpointOf = (port: number) => `http://127.0.0.1:${port}`;

/** The environment in which an AWS SDK speaks to the simulated AWS and to no other. */
export const awsEnvironment = (access: AwsAccess): Record<string, string> => ({
  AWS_ENDPOINT_URL: access.endpoint,
  AWS_ACCESS_KEY_ID: access.accessKeyId,
  AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
  AWS_REGION,
  AWS_EC2_METADATA_DISABLED: "true",
});

/** The simulated AWS: moto behind keys and a journal, so that it remembers over restarts. */
export function simulatedAws(
  paths: LocalPaths,
  toolchain: Pick<Toolchain<"moto">, "paths">,
  { endpoint }: Pick<AwsAccess, "endpoint">,
): ProcessSpec {
  const keys = ensureAwsKeys(paths);
  const dataPlane = dataPlaneFiles(paths.loadBalancers).socket;
  privateFolder(dirname(paths.awsJournal));
  return {
    name: "aws",
    order: 1,
    command: toolchain.paths.moto,
    args: [
      server,
      `--port=${new URL(endpoint).port}`,
      `--region=${AWS_REGION}`,
      `--owner-key=${keys.owner}`,
      `--reader-key=${keys.reader}`,
      `--journal=${paths.awsJournal}`,
      `--faults=${paths.awsFaults}`,
      // As seen from the folder in which it runs: a unix socket's path may have 107 characters at most.
      `--data-plane=${relative(paths.run, dataPlane)}`,
    ],
    environment: { PYTHONDONTWRITEBYTECODE: "1" },
    restartOn: [readAwsKey(keys.owner), readAwsKey(keys.reader)],
    isReady: () => answersOk(`${endpoint}${AWS_HEALTH_PATH}`),
    readyTimeoutSeconds: 60,
  };
}
