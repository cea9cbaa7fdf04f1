import type { ProcessSpec } from "../processes/managed-process.ts";
import { AT_NODE, type NodeParts } from "./configs.ts";
import { answersInVpc } from "./connect.ts";
import type { RealNode } from "./names.ts";
import { command, onNode } from "./run-in.ts";
import { NODE_UMASK, nodePrograms } from "./toolchain.ts";

const READY_TIMEOUT_SECONDS = 60;
const CONTAINERD_SOCKET = `${AT_NODE}/containerd.sock`;
const SERVICE_CIDR = "10.96.0.0/16";
/** Where kube-router tells its health. */
export const KUBE_ROUTER_HEALTH_PORT = 20_244;

/** A program on a node, given the pid of the node's first process. */
function program(
  { paths, toolchain }: NodeParts,
  node: RealNode,
  pid: number,
  spec: Pick<ProcessSpec, "args" | "name" | "order"> & {
    healthPort: number;
    readonly command: string;
  },
): ProcessSpec {
  return {
    name: `${node.label}-${spec.name}`,
    order: spec.order,
    command: "nsenter",
    args: [...onNode(pid).slice(1), spec.command, ...spec.args],
    ownPrograms: nodePrograms(toolchain),
    umask: NODE_UMASK,
    isReady: () => answersInVpc(paths, `http://${node.address}:${spec.healthPort}/healthz`),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** Runs the containers of a node. */
export function containerd({ toolchain }: NodeParts, node: RealNode, pid: number): ProcessSpec {
  return {
    name: `${node.label}-containerd`,
    order: 7,
    command: "nsenter",
    args: [
      ...onNode(pid).slice(1),
      toolchain.paths.containerd,
      `--config=${AT_NODE}/containerd.toml`,
    ],
    ownPrograms: nodePrograms(toolchain),
    umask: NODE_UMASK,
    isReady: () =>
      ctr(toolchain.paths.ctr, pid, "version").then(
        () => true,
        () => false, // not yet: its socket is there before it answers
      ),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** Asks a node's containerd. */
export function ctr(path: string, pid: number, ...args: readonly string[]): Promise<string> {
  const [nsenter = "", ...rest] = onNode(pid);
  return command(
    nsenter,
    ...rest,
    path,
    `--address=${CONTAINERD_SOCKET}`,
    "--namespace=k8s.io",
    ...args,
  );
}

/** Starts and ends the Pods of a node, and asks their probes. */
export function kubelet(parts: NodeParts, node: RealNode, pid: number): ProcessSpec {
  const { zone, instanceId } = node.instance;
  const labels = [
    "node.kubernetes.io/instance-type=m5.large",
    `topology.kubernetes.io/region=${zone.slice(0, -1)}`,
    `topology.kubernetes.io/zone=${zone}`,
  ];
  return program(parts, node, pid, {
    name: "kubelet",
    order: 8,
    command: parts.toolchain.paths.kubelet,
    healthPort: 10248,
    args: [
      `--config=${AT_NODE}/kubelet.yaml`,
      `--kubeconfig=${AT_NODE}/kubeconfig`,
      `--root-dir=${AT_NODE}/kubelet`,
      `--cert-dir=${AT_NODE}/kubelet-pki`,
      `--hostname-override=${node.name}`,
      `--node-ip=${node.address}`,
      `--provider-id=aws:///${zone}/${instanceId}`,
      `--node-labels=${labels.join(",")}`,
    ],
  });
}

/** Leads what is sent to a Service's address to its Pods. */
export function kubeProxy(parts: NodeParts, node: RealNode, pid: number): ProcessSpec {
  return program(parts, node, pid, {
    name: "kube-proxy",
    order: 8,
    command: parts.toolchain.paths["kube-proxy"],
    healthPort: 10256,
    args: [`--config=${AT_NODE}/kube-proxy.yaml`, `--hostname-override=${node.name}`],
  });
}

/** Enforces NetworkPolicies, and does nothing else. The Node object must exist. */
export function kubeRouter(parts: NodeParts, node: RealNode, pid: number): ProcessSpec {
  return program(parts, node, pid, {
    name: "kube-router",
    order: 9,
    command: parts.toolchain.paths["kube-router"],
    healthPort: KUBE_ROUTER_HEALTH_PORT,
    args: [
      `--kubeconfig=${AT_NODE}/kubeconfig`,
      "--run-firewall=true",
      "--run-router=false",
      "--run-service-proxy=false",
      "--run-loadbalancer=false",
      `--hostname-override=${node.name}`,
      `--service-cluster-ip-range=${SERVICE_CIDR}`,
      "--metrics-port=0",
      `--health-port=${KUBE_ROUTER_HEALTH_PORT}`,
    ],
  });
}
