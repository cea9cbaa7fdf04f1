import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's top folder. */
export const checkout = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where one embedded cluster keeps everything it writes: nothing of it lies outside `root`. */
export interface LocalPaths {
  /** The folder itself. */
  readonly root: string;
  /** One log file a process, of its last run. */
  readonly logs: string;
  /** One record a process that was started: its pid, its start time, what it was started with. */
  readonly run: string;
  /** Certificates, keys and tokens, readable by the owner alone. */
  readonly pki: string;
  /** Database of etcd. */
  readonly etcd: string;
  /** Written when the database has served an API server for the first time: before that it holds nothing, and may be half made. */
  readonly etcdMade: string;
  /** The requests that changed the simulated AWS: its memory over restarts. */
  readonly awsJournal: string;
  /** Which calls the simulated AWS refuses or holds; absent, it does neither. */
  readonly awsFaults: string;
  /** What identifies the simulated AWS resources of this cluster: ids of network, subnets and instances. */
  readonly awsNetwork: string;
  /** What the data plane of the simulated load balancers writes. */
  readonly loadBalancers: string;
  /** Access to the cluster for kubectl and everything else. */
  readonly kubeconfig: string;
  /** Pulumi's file backend. */
  readonly pulumiState: string;
  /** Passphrase of the stacks' secrets. */
  readonly pulumiPassphrase: string;
  /** One folder a cluster that was there already and to which the dev stack was deployed. */
  readonly contexts: string;
  /** Held while tests run: their clusters lie beside it. */
  readonly testLock: string;
  /** Held while one command changes what runs here. */
  readonly lock: string;
}

/**
 * Lays out the folder of one embedded cluster.
 *
 * @param root - the folder; relative to the checkout
 */
export function localPaths(root = ".local"): LocalPaths {
  const at = resolve(checkout, root);
  return {
    root: at,
    logs: join(at, "logs"),
    run: join(at, "run"),
    pki: join(at, "pki"),
    etcd: join(at, "etcd"),
    etcdMade: join(at, "etcd-made"),
    awsJournal: join(at, "aws", "journal.jsonl"),
    awsFaults: join(at, "aws", "faults.json"),
    awsNetwork: join(at, "aws", "network.json"),
    loadBalancers: join(at, "load-balancers"),
    kubeconfig: join(at, "kubeconfig"),
    pulumiState: join(at, "pulumi"),
    pulumiPassphrase: join(at, "passphrase"),
    contexts: join(at, "contexts"),
    testLock: join(at, "test", "lock"),
    lock: join(at, "lock"),
  };
}
