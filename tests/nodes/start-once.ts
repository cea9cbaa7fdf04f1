// Run by tests of what disturbs a start: one start of a cluster with simulated nodes, and, where it is asked for, of the dev stack on it, in a process of its own.
import { startCluster } from "../../local/cluster/embedded-cluster.ts";
import { withLock } from "../../local/commands/lock.ts";
import { openDevStack } from "../../local/engine/dev-stack.ts";
import { runPulumi } from "../../local/engine/run-pulumi.ts";
import { DEV_STACK } from "../../local/engine/stack.ts";
import { explained } from "../../local/files/file-error.ts";
import { PRIVATE } from "../../local/files/private-folder.ts";
import { localPaths } from "../../local/paths.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";

process.umask(PRIVATE); // as npm start does
const report = (line: string) => process.stdout.write(`${line}\n`);
const [, , root = "", whatElse] = process.argv;
const paths = localPaths(root);
const { signal } = new AbortController();
try {
  await withLock(paths, signal, async () => {
    const toolchain = await ensureToolchain({ report });
    await startCluster(paths, { toolchain, report });
    if (whatElse !== "stack") return;
    const engine = await openDevStack(paths, toolchain, paths.kubeconfig, signal);
    await runPulumi(["up", "--yes", "--skip-preview", "--stack", DEV_STACK], {
      ...engine,
      output: "show",
    });
  });
} catch (error) {
  report((explained(error, paths.root) as Error).message);
  process.exitCode = 1;
}
