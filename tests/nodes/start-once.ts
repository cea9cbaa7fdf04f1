// Run by faults.test.ts: one start of a cluster with simulated nodes, in a process of its own that can be killed.
import { startCluster } from "../../local/cluster/embedded-cluster.ts";
import { explained } from "../../local/files/file-error.ts";
import { PRIVATE } from "../../local/files/private-folder.ts";
import { localPaths } from "../../local/paths.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";

process.umask(PRIVATE); // as npm start does
const report = (line: string) => process.stdout.write(`${line}\n`);
const paths = localPaths(process.argv[2] ?? "");
try {
  await startCluster(paths, { toolchain: await ensureToolchain({ report }), report });
} catch (error) {
  report((explained(error, paths.root) as Error).message);
  process.exitCode = 1;
}
