import { existsSync } from "node:fs";
import { awsAccess, awsEnvironment } from "../cloud/simulated-aws.ts";
import { readPorts } from "../cluster/ports.ts";
import { engineEnvironment, engineTools } from "../engine/environment.ts";
import { UserError } from "../errors.ts";
import { shellExports } from "../formats/shell.ts";
import { movingLine } from "../moving-line.ts";
import { localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";

/** `npm run env`: the environment of the embedded cluster's stacks as shell commands. */
export async function printEnvironment(): Promise<void> {
  const paths = localPaths();
  if (!existsSync(paths.kubeconfig)) {
    throw new UserError(
      "Cannot print the environment: there is no embedded cluster here; run npm start",
    );
  }
  const toolchain = await ensureToolchain({ tools: engineTools, report, show: movingLine() });
  const { aws } = readPorts(paths.run);
  const environment = {
    ...engineEnvironment(paths, toolchain, paths.kubeconfig),
    ...(aws !== undefined && awsEnvironment(awsAccess(paths, aws))),
  };
  process.stdout.write("unset PULUMI_CONFIG_PASSPHRASE\n"); // it would win over the file
  process.stdout.write(shellExports(environment));
}
