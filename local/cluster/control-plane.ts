import { join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { yamlText } from "../formats/data.ts";
import { connectSocket } from "../nodes/connect.ts";
import { NodeKind } from "../nodes/kind.ts";
import { GATEWAY } from "../nodes/names.ts";
import type { LocalPaths } from "../paths.ts";
import { answersOk } from "../processes/health.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import type { ClusterToolName } from "../toolchain/recipes.ts";
import type { Pki } from "./pki.ts";
import type { Ports } from "./ports.ts";

const READY_TIMEOUT_SECONDS = 60;
/** Both families of addresses, so that dual-stack Services can be had; the first is the one they have by default. */
const SERVICE_CIDRS = "10.96.0.0/16,fd00:10:96::/112";
/** The controllers' own limit of 20 requests a second makes a hundred Deployments take half a minute. */
const CLIENT_LIMITS = ["--kube-api-qps=2000", "--kube-api-burst=4000"];

/** What the processes of the control plane are made from. */
export interface ControlPlaneParts {
  readonly paths: LocalPaths;
  readonly pki: Pki;
  readonly ports: Ports;
  readonly toolchain: Toolchain<ClusterToolName>;
  /** What the nodes are. */
  readonly nodes: NodeKind;
}

/**
 * Where etcd waits for other members, though there are none: a socket in the folder in which it runs, and in which its owner alone
 * gets in. A peer may write anything, and on a port of 127.0.0.1 every user of the machine would be one. The number means nothing, but
 * etcd wants one. A database that an earlier version made goes on; it lists the member with its old address, which nobody asks.
 */
const ETCD_PEERS = "unix://etcd-peers.sock:0";
/** What tells about the inside of a process, such as its goroutines, is not served, not even to who may ask. */
export const NO_PROFILING = "--profiling=false";

/** The database: on loopback, and only for who holds the API server's certificate. */
export function etcd({ paths, pki, ports, toolchain }: ControlPlaneParts): ProcessSpec {
  const client = `https://127.0.0.1:${ports.etcd}`;
  return {
    name: "etcd",
    order: 1,
    command: toolchain.paths.etcd,
    args: [
      `--data-dir=${paths.etcd}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${ETCD_PEERS}`,
      `--initial-advertise-peer-urls=${ETCD_PEERS}`,
      `--initial-cluster=default=${ETCD_PEERS}`,
      "--client-cert-auth",
      `--trusted-ca-file=${pki.authority}`,
      `--cert-file=${pki.server.certificate}`,
      `--key-file=${pki.server.key}`,
      "--unsafe-no-fsync", // a power cut may cost this cluster; a killed process does not
    ],
    isReady: () =>
      answersOk(`${client}/readyz`, { authority: pki.authority, client: pki.etcdClient }),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** The API server: token authentication, RBAC, no anonymous access. */
export function apiServer(parts: ControlPlaneParts): ProcessSpec {
  const { pki, ports, toolchain } = parts;
  return {
    name: "kube-apiserver",
    order: 2,
    command: toolchain.paths["kube-apiserver"],
    args: [
      `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
      `--etcd-cafile=${pki.authority}`,
      `--etcd-certfile=${pki.etcdClient.certificate}`,
      `--etcd-keyfile=${pki.etcdClient.key}`,
      "--bind-address=127.0.0.1",
      ...(parts.nodes === NodeKind.Real ? towardsNodes(parts) : ["--advertise-address=127.0.0.1"]),
      `--secure-port=${ports.apiServer}`,
      ...servingCertificate(pki),
      "--anonymous-auth=false",
      NO_PROFILING,
      `--token-auth-file=${pki.tokens}`,
      "--authorization-mode=RBAC",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${pki.serviceAccount.publicKey}`,
      `--service-account-signing-key-file=${pki.serviceAccount.privateKey}`,
      `--service-cluster-ip-range=${SERVICE_CIDRS}`,
    ],
    isReady: () =>
      answersOk(`https://127.0.0.1:${ports.apiServer}/readyz`, {
        authority: pki.authority,
        token: pki.adminToken,
      }),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** The API server reaches kubelets and Pods by the proxy into their network, and they reach it at the gateway. */
function towardsNodes({ paths, pki }: ControlPlaneParts): string[] {
  const file = join(paths.run, "egress.yaml");
  const transport = { uds: { udsName: connectSocket(paths) } };
  const selections = [{ name: "cluster", connection: { proxyProtocol: "HTTPConnect", transport } }];
  const config = {
    apiVersion: "apiserver.k8s.io/v1beta1",
    kind: "EgressSelectorConfiguration",
    egressSelections: selections,
  };
  writeAtomically(file, yamlText("egress.yaml", config));
  return [
    `--advertise-address=${GATEWAY}`,
    `--egress-selector-config-file=${file}`,
    "--kubelet-preferred-address-types=InternalIP",
    `--kubelet-client-certificate=${pki.etcdClient.certificate}`,
    `--kubelet-client-key=${pki.etcdClient.key}`,
  ];
}

/** The controllers of Deployments, EndpointSlices and the rest. */
export function controllerManager({
  paths,
  pki,
  ports,
  toolchain,
}: ControlPlaneParts): ProcessSpec {
  return {
    name: "kube-controller-manager",
    order: 3,
    command: toolchain.paths["kube-controller-manager"],
    args: [
      `--kubeconfig=${paths.kubeconfig}`,
      "--leader-elect=false",
      "--bind-address=127.0.0.1",
      `--secure-port=${ports.controllerManager}`,
      NO_PROFILING,
      ...servingCertificate(pki),
      `--service-account-private-key-file=${pki.serviceAccount.privateKey}`,
      `--root-ca-file=${pki.authority}`,
      "--use-service-account-credentials=false",
      "--concurrent-deployment-syncs=50",
      "--concurrent-replicaset-syncs=50",
      ...CLIENT_LIMITS,
    ],
    restartOn: ports.apiServer,
    isReady: () => healthy(ports.controllerManager, pki),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** Places Pods on nodes. */
export function scheduler({ paths, pki, ports, toolchain }: ControlPlaneParts): ProcessSpec {
  return {
    name: "kube-scheduler",
    order: 3,
    command: toolchain.paths["kube-scheduler"],
    args: [
      `--kubeconfig=${paths.kubeconfig}`,
      "--leader-elect=false",
      "--bind-address=127.0.0.1",
      `--secure-port=${ports.scheduler}`,
      NO_PROFILING,
      ...servingCertificate(pki),
      ...CLIENT_LIMITS,
    ],
    restartOn: ports.apiServer,
    isReady: () => healthy(ports.scheduler, pki),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** The certificate every process of ours serves with on 127.0.0.1. */
export const servingCertificate = (pki: Pki): string[] => [
  `--tls-cert-file=${pki.server.certificate}`,
  `--tls-private-key-file=${pki.server.key}`,
];

/** Whether a Kubernetes component answers on its health endpoint. */
export const healthy = (port: number, pki: Pki): Promise<boolean> =>
  answersOk(`https://127.0.0.1:${port}/healthz`, { authority: pki.authority });
