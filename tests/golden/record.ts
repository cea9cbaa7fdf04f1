// Records the state that a release leaves behind: `node tests/golden/record.ts 0.1.0`, with the release checked out.
// Before, copy the folder of the release before, without its states, and bring its programs up to what the release can.
// Format the states (`npx biome check --write tests/golden`); `npm run refresh` does both for the release to come. After the release the folder stays as it is: tests/engine/golden.test.ts checks every later version against it.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { startCluster, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { engineEnvironment } from "../../local/engine/environment.ts";
import { localPaths } from "../../local/paths.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { clusterUid } from "../shared/cluster-uid.ts";
import { goldenState, recordedAgain } from "./state.ts";

const [release = ""] = process.argv.slice(2);
const folder = join(import.meta.dirname, release);
if (release === "" || !existsSync(folder)) {
  throw new Error(`Cannot record "${release}": there is no folder of that name beside this script`);
}

const report = console.error;
const paths = localPaths(".local/golden");
rmSync(paths.root, { recursive: true, force: true });
const toolchain = await ensureToolchain({ report });
await startCluster(paths, { toolchain, report });
try {
  const env = engineEnvironment(paths, toolchain, paths.kubeconfig);
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const uid = await clusterUid(core);
  for (const program of readdirSync(folder)) {
    const cwd = join(folder, program);
    const pulumi = (...args: string[]) =>
      execa(toolchain.paths.pulumi, [...args, "--non-interactive", "--stack", "dev"], { cwd, env });
    await execa(toolchain.paths.pulumi, ["stack", "init", "dev", "--no-select"], { cwd, env });
    await pulumi("up", "--yes", "--skip-preview");
    const { stdout } = await pulumi("stack", "export");
    await pulumi("destroy", "--run-program", "--yes", "--skip-preview");
    const file = join(cwd, "state.json");
    const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    const state = recordedAgain(before, goldenState(JSON.parse(stdout), uid));
    writeFileSync(file, `${JSON.stringify(state, undefined, 2)}\n`);
  }
} finally {
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true });
}
