import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CoordinationV1Api, KubeConfig, V1Node } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import type { AwsInstance } from "../cloud/network.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { yamlText } from "../formats/data.ts";
import type { LocalPaths } from "../paths.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import { failureStages, notFailing } from "./failing-pods.ts";
import { NodeKind } from "./kind.ts";
import { removeOtherNodes, SIMULATED, untilSchedulable } from "./node-objects.ts";
import type { NodesOptions } from "./options.ts";

/** What the processes of simulated nodes are made from. */
export interface SimulatedParts {
  readonly paths: LocalPaths;
  readonly ports: { readonly apiServer: number };
  readonly toolchain: Toolchain;
}

const READY_TIMEOUT_SECONDS = 60;
/** A simulated Pod that is deleted takes this long to go, so that its successor gets an address of its own, as on a real node. */
const POD_ENDING_MILLISECONDS = 2000;

/**
 * Writes the behaviour of the simulated kubelets: kwok's own, but that Pods take a moment to end, and that those which
 * are told to fail do.
 */
function writeStages(paths: LocalPaths, stages: string): void {
  const documents = parseAllDocuments(readFileSync(stages, "utf8"));
  for (const document of documents) {
    const name = document.getIn(["metadata", "name"]);
    if (name === "pod-delete") {
      document.setIn(["spec", "delay"], { durationMilliseconds: POD_ENDING_MILLISECONDS });
    }
    if (name === "pod-ready") {
      document.addIn(["spec", "selector", "matchExpressions"], notFailing);
    }
  }
  const own = failureStages().map((stage) => yamlText("kwok-stages.yaml", stage));
  const texts = [...documents.map((document) => document.toString({ directives: false })), ...own];
  writeAtomically(join(paths.run, "kwok-stages.yaml"), texts.join("---\n"));
}

/**
 * Removes what a clock that was ahead has left: while the lease of a node lasts, no other kwok than the one that took it plays the node
 * (https://github.com/kubernetes-sigs/kwok/blob/v0.8.0/pkg/kwok/controllers/node_lease_controller.go).
 */
async function removeLeasesToCome(api: CoordinationV1Api): Promise<void> {
  const namespace = "kube-node-lease";
  const { items } = await api.listNamespacedLease({ namespace });
  for (const { metadata, spec } of items) {
    const renewed = new Date(spec?.renewTime ?? 0).getTime();
    if (renewed <= Date.now()) continue;
    await api.deleteNamespacedLease({ name: metadata?.name ?? "", namespace });
  }
}

/** Brings up what plays the kubelets, and waits until one simulated node a machine is Ready. */
export async function startSimulatedNodes(
  parts: SimulatedParts,
  config: KubeConfig,
  { network, run, signal }: NodesOptions,
): Promise<void> {
  writeStages(parts.paths, parts.toolchain.kwokStages);
  const { CoordinationV1Api, CoreV1Api } = await import("@kubernetes/client-node");
  await removeLeasesToCome(config.makeApiClient(CoordinationV1Api));
  await run(simulatedKubelets(parts));
  const api = config.makeApiClient(CoreV1Api);
  await removeOtherNodes(api, NodeKind.Simulated);
  const known = new Set((await api.listNode()).items.map((node) => node.metadata?.name));
  for (const [index, instance] of network.instances.entries()) {
    if (known.has(instance.privateDnsName)) continue;
    await api.createNode({ body: simulatedNode(instance, index) });
  }
  await untilSchedulable(api, network.instances.length, signal);
}

/** Plays the kubelets of the simulated nodes: Pods become Running, with addresses, but nothing runs. */
function simulatedKubelets({ paths, ports, toolchain }: SimulatedParts): ProcessSpec {
  return {
    name: "kwok",
    order: 4,
    command: toolchain.paths.kwok,
    args: [
      `--kubeconfig=${paths.kubeconfig}`,
      "--manage-all-nodes=true",
      "--node-lease-duration-seconds=40",
      "--config=kwok-stages.yaml", // in the folder in which it runs: it takes a path with a comma for two
    ],
    restartOn: ports.apiServer,
    isReady: async () => true, // it serves nothing; that the nodes turn Ready is what shows that it works
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** A node as the AWS cloud controller expects it: named and identified after its machine. */
function simulatedNode(instance: AwsInstance, index: number): V1Node {
  const { privateDnsName: name, zone, instanceId } = instance;
  const capacity = { cpu: "32", memory: "128Gi", pods: "1000", "ephemeral-storage": "1Ti" };
  return {
    metadata: {
      name,
      annotations: { [SIMULATED]: "fake" },
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "node.kubernetes.io/instance-type": "m5.large",
        "topology.kubernetes.io/region": zone.slice(0, -1),
        "topology.kubernetes.io/zone": zone,
      },
    },
    spec: { providerID: `aws:///${zone}/${instanceId}`, podCIDR: `10.244.${index}.0/24` },
    status: {
      addresses: [
        { type: "InternalIP", address: instance.privateIpAddress },
        { type: "Hostname", address: name },
      ],
      allocatable: capacity,
      capacity,
    },
  };
}
