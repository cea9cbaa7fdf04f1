import { writeKubeconfig } from "../../../../local/cluster/kubeconfig.ts";
import { mend } from "../../../../local/cluster/mend.ts";
import { ensurePki } from "../../../../local/cluster/pki.ts";
import { ensurePorts } from "../../../../local/cluster/ports.ts";
import { privateFolder } from "../../../../local/files/private-folder.ts";
import type { LocalPaths } from "../../../../local/paths.ts";
import { writeRecord } from "../../../../local/processes/record.ts";

/** Makes the files of a cluster as a start does before its first process runs, and records that process. */
export async function makeClusterFiles(paths: LocalPaths): Promise<void> {
  const report = () => {};
  privateFolder(paths.root);
  privateFolder(paths.run);
  await mend(paths, { report, stop: async () => {} });
  const ports = await ensurePorts({ folder: paths.run, isRunning: () => false, report });
  const pki = await ensurePki(paths.pki);
  writeKubeconfig(paths, pki, ports);
  writeRecord(paths.run, { name: "etcd", pid: 2, start: "1", digest: "1", order: 1 });
}
