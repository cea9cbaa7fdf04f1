import { PatchStrategy, setHeaderOptions, type V1Node, type V1Pod } from "@kubernetes/client-node";
import { waitFor } from "../../local/wait.ts";
import { core } from "./rig.ts";

const HOST = "kubernetes.io/hostname";
/** The label that says which zone a node is in. */
export const ZONE = "topology.kubernetes.io/zone";

const merging = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** The nodes, those of a zone after each other. */
export async function listNodes(): Promise<V1Node[]> {
  const { items } = await core.listNode();
  return items.sort((one, other) => zoneOf(one).localeCompare(zoneOf(other)));
}

/** A node's name. */
export const nameOf = ({ metadata }: V1Node): string => metadata?.name ?? "";

/** A node's zone. */
export const zoneOf = ({ metadata }: V1Node): string => metadata?.labels?.[ZONE] ?? "";

/** Gives every simulated node a twin in its zone. Returns what takes them away. */
export async function addTwins(): Promise<() => Promise<void>> {
  const twins = (await listNodes()).map(twinOf);
  for (const body of twins) await core.createNode({ body });
  await waitFor(async () => (await listNodes()).every(isReady), {
    awaited: "the nodes' twins",
    timeoutSeconds: 60,
  });
  return async () => {
    for (const twin of twins) await core.deleteNode({ name: nameOf(twin) });
  };
}

/** Changes a node's labels, of which `null` takes one away, or whether Pods may be put on it. */
export async function changeNode(
  name: string,
  change: { labels?: Record<string, string | null>; unschedulable?: boolean },
): Promise<void> {
  const { labels, unschedulable } = change;
  const body = {
    ...(labels === undefined ? {} : { metadata: { labels } }),
    ...(unschedulable === undefined ? {} : { spec: { unschedulable } }),
  };
  await core.patchNode({ name, body }, merging);
}

/** The Pods of a namespace that are not about to end. */
export async function remainingPods(namespace: string): Promise<V1Pod[]> {
  const { items } = await core.listNamespacedPod({ namespace });
  return items.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
}

/** The twin stands for no machine of the simulated AWS: each is one node's. */
function twinOf({ metadata, status }: V1Node, index: number): V1Node {
  const name = `twin-${index}.internal`;
  const { allocatable = {}, capacity = {} } = status ?? {};
  return {
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: { ...metadata?.labels, [HOST]: name },
    },
    spec: { podCIDR: `10.244.${100 + index}.0/24` },
    status: { addresses: [{ type: "Hostname", address: name }], allocatable, capacity },
  };
}

function isReady({ spec, status }: V1Node): boolean {
  const ready = status?.conditions?.some((it) => it.type === "Ready" && it.status === "True");
  return ready === true && (spec?.taints ?? []).length === 0;
}
