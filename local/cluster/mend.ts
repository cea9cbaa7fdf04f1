import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { networkIn } from "../cloud/network.ts";
import type { LocalPaths } from "../paths.ts";
import {
  certificateFiles,
  certificatesProblem,
  serviceAccountFiles,
  serviceAccountProblem,
  tokensProblem,
} from "./pki-problem.ts";
import { portsProblem } from "./ports.ts";

/** Files of a cluster that cannot be used as they are, and can be made anew. */
export interface Damage {
  /** What is wrong, with the path. */
  readonly problem: string;
  /** What making it anew means to who uses the cluster, as the end of a sentence. */
  readonly cure: string;
  /** What is removed, so that the start makes it anew. */
  readonly files: readonly string[];
}

/** What of a cluster's files cannot be used as it is. Of files that were never made nothing is said. */
export function damagesOf(paths: LocalPaths, now = new Date()): Damage[] {
  const pki = (names: readonly string[]) => names.map((name) => join(paths.pki, name));
  const tokens = join(paths.pki, "tokens.csv");
  const ports = join(paths.run, "ports");
  return [
    ...damage(
      pki(certificateFiles),
      certificatesProblem(paths.pki, now),
      "new certificates are made",
    ),
    ...damage(
      pki(serviceAccountFiles),
      serviceAccountProblem(paths.pki),
      "a new key is made, and Pods get new tokens",
    ),
    ...damage(
      [tokens],
      tokensProblem(tokens),
      "a new token is made and written into the kubeconfig",
    ),
    ...damage([ports], portsProblem(ports), "free ports are taken"),
    ...awsDamage(paths),
    ...etcdDamage(paths),
  ];
}

function damage(files: readonly string[], problem: string | undefined, cure: string): Damage[] {
  return problem === undefined || !files.some(existsSync) ? [] : [{ problem, cure, files }];
}

/** The simulated AWS and what is remembered of its network belong together. */
function awsDamage({ awsJournal, awsNetwork }: LocalPaths): Damage[] {
  const cure = "the simulated AWS begins anew, and load balancers are made again";
  const files = [awsNetwork, awsJournal];
  if (!existsSync(awsNetwork)) {
    const problem = `${awsNetwork} is missing: an earlier start was cut off while it made the network`;
    return existsSync(awsJournal) ? [{ problem, cure, files }] : [];
  }
  const network = networkIn(readFileSync(awsNetwork, "utf8"));
  if (network === undefined) return [{ problem: `${awsNetwork} is damaged`, cure, files }];
  const journal = existsSync(awsJournal) ? readFileSync(awsJournal, "utf8") : "";
  const requests = journal.split("\n").length - 1;
  if (requests >= (network.requests ?? 1)) return [];
  return [{ problem: `${awsJournal} has lost the requests that made the network`, cure, files }];
}

/** The database of a cluster that has never answered holds nothing, and may be half made. */
function etcdDamage({ etcd, etcdMade }: LocalPaths): Damage[] {
  if (!existsSync(etcd) || existsSync(etcdMade)) return [];
  const problem = `${etcd} was not finished by an earlier start`;
  return [{ problem, cure: "a new database is made", files: [etcd] }];
}

/** Removes what cannot be used, so that the start makes it anew, and says so. Nothing may run on it meanwhile: `stop` ends what does. */
export async function mend(
  paths: LocalPaths,
  { report, stop }: { report: (line: string) => void; stop: () => Promise<unknown> },
): Promise<void> {
  const damages = damagesOf(paths);
  if (damages.length === 0) return;
  for (const { problem, cure } of damages) report(`${problem}; ${cure}`);
  await stop();
  for (const { files } of damages) {
    for (const file of files) rmSync(file, { recursive: true, force: true });
  }
}
