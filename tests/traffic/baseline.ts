import type { V1Pod } from "@kubernetes/client-node";
import { core } from "../engine/rig.ts";
import { clientPod } from "./client-pod.ts";
import { untilRunning } from "./request-loop.ts";

const name = "baseline";
const PORT = 8080;
/** As much as every Pod of a Backend. */
const resources = { requests: { cpu: "100m" } };

/** An application that stays as it is. */
export interface Baseline {
  /** Its `HOST:PORT`. */
  readonly address: string;
  /** Takes it away. */
  remove(): Promise<void>;
}

/**
 * Starts a Pod that nobody rolls out, deletes or drains, in a namespace of its own. It shares the machine with the Pods that are
 * disturbed: what makes its answers slower meanwhile makes theirs slower too, however they end and start.
 */
export async function startBaseline(namespace: string, node: string): Promise<Baseline> {
  await core.createNamespace({ body: { metadata: { name: namespace } } });
  await core.createNamespacedPod({ namespace, body: podOn(node, namespace) });
  return {
    address: `${await untilRunning(name, namespace)}:${PORT}`,
    remove: async () => {
      await core.deleteNamespace({ name: namespace });
    },
  };
}

function podOn(node: string, namespace: string): V1Pod {
  const { metadata, spec } = clientPod(name, namespace, {});
  const containers = spec.containers.map((container) => ({ ...container, resources }));
  return { metadata, spec: { ...spec, containers, nodeName: node } };
}
