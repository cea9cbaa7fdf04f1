import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CoreV1Api } from "@kubernetes/client-node";
import { readForwards } from "../../local/cloud/load-balancers/forwards.ts";
import { CLUSTER_DNS, RESOLVER } from "../../local/nodes/names.ts";
import type { LocalPaths } from "../../local/paths.ts";
import { waitFor } from "../../local/wait.ts";
import { type Contents, contentsOf } from "./contents.ts";
import { type Listener, listenersOf, secretsIn } from "./listening.ts";
import { beyondHealth, type Got, sweep } from "./sweep.ts";

/** What somebody else on the machine could do to a cluster. */
export interface Judgement {
  /** How many ports and sockets took part, and how many requests were sent to them. */
  readonly counts: Readonly<Record<"ports" | "requests" | "sockets", number>>;
  /** Names of those that listen. */
  readonly processes: readonly string[];
  /** Listeners on the host that others than the machine itself can reach. */
  readonly exposed: readonly string[];
  readonly changed: readonly string[];
  /** Answers in which a secret stands. */
  readonly leaked: readonly string[];
  /** Answers that say more than health. */
  readonly told: readonly string[];
}

/** Sweeps over all that listens in a cluster, and judges what came of it. */
export async function judge(
  paths: LocalPaths,
  core: CoreV1Api,
  secrets: readonly string[],
): Promise<Judgement> {
  const listeners = listenersOf(paths);
  const open = await openOnPurpose(paths, core);
  const before = await settledContents(paths);
  const got = await sweep(listeners);
  const after = await contentsOf(paths);
  const known = [...secrets, ...secretsOf(paths)];
  return {
    counts: {
      ports: listeners.filter(({ transport }) => transport === "tcp").length,
      sockets: listeners.filter(({ transport }) => transport === "unix").length,
      requests: got.length,
    },
    processes: [...new Set(listeners.map(({ process }) => process))].sort(),
    exposed: listeners
      .filter(({ address, onHost, transport }) =>
        transport === "tcp" ? onHost && address !== "127.0.0.1" : onHost && address.startsWith("@"),
      )
      .map(({ address, port, process }) => `${process} ${address}:${port}`),
    changed: changes(before, after),
    leaked: leaks(got, known),
    told: got
      .filter(({ listener }) => !open.some((isOpen) => isOpen(listener)))
      .flatMap((one) => beyondHealth(one) ?? []),
  };
}

/** What is not as it was. */
export const changes = (before: Contents, after: Contents): string[] =>
  Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);

/** Answers with a secret in them, as it is or in the form of base64. */
export function leaks(got: readonly Got[], secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString("base64")]);
  return got
    .filter(({ text }) => forms.some((form) => text.includes(form)))
    .map(({ attempt, listener }) => `${listener.process} ${listener.port}: ${attempt}`);
}

/** Everything in the files of keys and tokens that is long enough to be a secret; certificates and public keys are none. */
function secretsOf({ pki }: LocalPaths): string[] {
  const files = readdirSync(pki).filter((name) => !/\.(crt|pub)$/.test(name));
  return files
    .map((name) => join(pki, name))
    .filter((path) => statSync(path).isFile())
    .flatMap(secretsIn);
}

/**
 * What is there for everybody: listeners of load balancers and the node ports on 127.0.0.1, which are the application's own, the ports
 * that Pods declare, and the names that the resolver knows.
 */
async function openOnPurpose(
  paths: LocalPaths,
  core: CoreV1Api,
): Promise<((listener: Listener) => boolean)[]> {
  const { listeners, nodePorts } = readForwards(paths);
  const hostPorts = [...listeners, ...nodePorts].map(({ hostPort }) => hostPort);
  const { items } = await core.listPodForAllNamespaces();
  const containers = items.flatMap(({ spec }) => spec?.containers ?? []);
  const podPorts = containers.flatMap(({ ports }) => ports ?? []).map((it) => it.containerPort);
  const inPod = new Set(["coredns", "demo-applicatio"]); // the kernel keeps 15 characters of a name
  return [
    ({ onHost, port }) => onHost && hostPorts.includes(port),
    ({ address, port }) => listeners.some((it) => it.address === address && it.port === port),
    ({ onHost, port, process }) => !onHost && inPod.has(process) && podPorts.includes(port),
    ({ address, port }) => [RESOLVER, CLUSTER_DNS].includes(address) && port === 53,
  ];
}

/** What the cluster holds once its controllers have come to rest. */
async function settledContents(paths: LocalPaths): Promise<Contents> {
  let before = await contentsOf(paths);
  return waitFor(
    async () => {
      const now = await contentsOf(paths);
      const rests = changes(before, now).length === 0;
      before = now;
      return rests && now;
    },
    { awaited: "the controllers to rest", timeoutSeconds: 60 },
  );
}
