import { execa } from "execa";
import type { LocalPaths } from "../../local/paths.ts";
import { countedThrough, verbOf } from "../scale/count-requests.ts";
import { KUBECTL, type Peer } from "./peers.ts";
import { timed } from "./timed.ts";

/** The requests to the API server that a peer makes for its question, by verb. */
export async function requestsOf(
  peer: Peer,
  folder: string,
  paths: LocalPaths,
): Promise<Readonly<Record<string, number>>> {
  if (peer.name === KUBECTL) return countedByLog(peer, folder, paths);
  return countedThrough(paths, folder, async (kubeconfig) => {
    await timed(peer, { folder, kubeconfig });
  });
}

/** kubectl sends no token to a proxy without TLS, but with `--v=6` it logs every request. */
async function countedByLog({ commands }: Peer, folder: string, { kubeconfig }: LocalPaths) {
  const verbs: Record<string, number> = {};
  for (const [program, ...args] of commands) {
    const { stderr } = await execa(program, [...args, "--v=6"], {
      cwd: folder,
      env: { HOME: folder, KUBECONFIG: kubeconfig },
      stdin: "ignore",
      timeout: 120_000,
    });
    for (const [, method = "", url = ""] of stderr.matchAll(/verb="(\w+)" url="([^"]+)"/g)) {
      const verb = verbOf({ method, url });
      verbs[verb] = (verbs[verb] ?? 0) + 1;
    }
  }
  return verbs;
}
