import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { ensureAwsKeys } from "../cloud/aws-keys.ts";
import { type DataPlaneSettings, loadBalancers } from "../cloud/load-balancers/spec.ts";
import type { AwsInstance } from "../cloud/network.ts";
import { awsReadAccess } from "../cloud/simulated-aws.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { settled, waitFor } from "../wait.ts";
import { apiBridge } from "./api-bridge.ts";
import { closeHealthPort } from "./close-health-port.ts";
import { ensureClusterDns } from "./cluster-dns.ts";
import { type NodeParts, writeNodeConfigs } from "./configs.ts";
import { connectProxy } from "./connect.ts";
import { ensureImages } from "./images.ts";
import { NodeKind } from "./kind.ts";
import { machine, machinePid } from "./machine.ts";
import { clusterKey, nodeFolder, type RealNode, realNodes } from "./names.ts";
import { removeOtherNodes, untilSchedulable } from "./node-objects.ts";
import { containerd, ctr, kubelet, kubeProxy, kubeRouter } from "./node-processes.ts";
import type { NodesOptions } from "./options.ts";
import { resolver } from "./resolver.ts";
import { ensureVpc, plugIn } from "./vpc.ts";

const REGISTERED_WITHIN_SECONDS = 60;

/** Brings up the real nodes that are not up: their network, what answers in it, on each its own programs, and the cluster's DNS. */
export async function startRealNodes(
  parts: NodeParts,
  config: KubeConfig,
  options: NodesOptions,
): Promise<void> {
  const { network, run, signal } = options;
  const { CoreV1Api } = await import("@kubernetes/client-node");
  const api = config.makeApiClient(CoreV1Api);
  await removeOtherNodes(api, NodeKind.Real);
  const nodes = realNodes(network);
  await ensureVpc(parts.paths, nodes);
  await run(connectProxy(parts.paths));
  const images = await ensureImages(parts);
  await settled([
    run(apiBridge(parts)),
    run(resolver(parts)),
    run(loadBalancers(dataPlane(parts, network.instances))),
    ...nodes.map((node) => startNode(parts, api, node, { nodes, images, ...options })),
  ]);
  await untilSchedulable(api, nodes.length, signal);
  await ensureClusterDns(parts.paths, config, signal);
}

function dataPlane(
  { paths, ports, toolchain }: NodeParts,
  instances: readonly AwsInstance[],
): DataPlaneSettings {
  return {
    endpoint: awsReadAccess(paths, ports.aws).endpoint,
    awsKey: ensureAwsKeys(paths).reader,
    haproxy: toolchain.paths.haproxy,
    nft: toolchain.paths.nft,
    namespace: clusterKey(paths),
    addresses: Object.fromEntries(
      instances.map(({ instanceId, privateIpAddress }) => [instanceId, privateIpAddress]),
    ),
    folder: paths.loadBalancers,
    kubeconfig: paths.kubeconfig,
  };
}

interface Start extends NodesOptions {
  readonly nodes: readonly RealNode[];
  readonly images: readonly string[];
}

async function startNode(
  parts: NodeParts,
  api: CoreV1Api,
  node: RealNode,
  { images, nodes, run, signal }: Start,
): Promise<void> {
  const { paths, toolchain } = parts;
  await run(machine(paths, node, toolchain));
  writeNodeConfigs(parts, node);
  const pid = machinePid(paths, node);
  const others = nodes.filter((other) => other !== node);
  await plugIn(paths, { node, pid, others });
  await run(containerd(parts, node, pid));
  await importImages(parts, node, pid, images);
  await run(kubelet(parts, node, pid));
  const registered = () => api.readNode({ name: node.name }).then(() => true);
  const awaited = `node ${node.name} to register`;
  await waitFor(registered, { awaited, timeoutSeconds: REGISTERED_WITHIN_SECONDS, signal });
  // Both write rules of the same table. At once, kube-proxy's first ones often cannot be written.
  await run(kubeProxy(parts, node, pid));
  await closeHealthPort(parts, pid);
  await run(kubeRouter(parts, node, pid));
}

/** Files rather than names: a file says which executable is in it, and a name stays when that changes. */
async function importImages(
  { paths, toolchain }: NodeParts,
  node: RealNode,
  pid: number,
  images: readonly string[],
): Promise<void> {
  for (const file of images) {
    const done = join(nodeFolder(paths, node), `${basename(file)}.imported`);
    if (existsSync(done)) continue;
    await ctr(toolchain.paths.ctr, pid, "images", "import", file);
    writeAtomically(done, "");
  }
}
