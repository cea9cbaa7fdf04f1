import { join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { jsonText, tomlText, yamlText } from "../formats/data.ts";
import { resolverText } from "../formats/hosts.ts";
import { type AdminAccess, kubeconfigText } from "../formats/kubeconfig.ts";
import { imageReferences } from "../images/node-images.ts";
import type { LocalPaths } from "../paths.ts";
import {
  CLUSTER_DNS,
  controlGroup,
  GATEWAY,
  nodeFolder,
  POD_CIDR,
  RESOLVER,
  type RealNode,
} from "./names.ts";
import type { NodeToolchain } from "./toolchain.ts";

/** A node's folder as the node itself sees it. Short, since the sockets lie there. */
export const AT_NODE = "/run/node";

/** What a node's configuration is written from. */
export interface NodeParts {
  readonly paths: LocalPaths;
  readonly pki: AdminAccess;
  readonly ports: { readonly apiServer: number; readonly aws: number };
  readonly toolchain: NodeToolchain;
}

type ConfigParts = Omit<NodeParts, "toolchain"> & {
  readonly toolchain: Pick<NodeToolchain, "cniPlugins">;
};

/** Writes the configuration of a node's programs into its folder. */
export function writeNodeConfigs(parts: ConfigParts, node: RealNode): void {
  const folder = nodeFolder(parts.paths, node);
  privateFolder(join(folder, "cni"));
  const files: Record<string, string> = {
    kubeconfig: kubeconfigText(`https://${GATEWAY}:${parts.ports.apiServer}`, parts.pki),
    "containerd.toml": tomlText("containerd.toml", containerd(parts)),
    "kubelet.yaml": yamlText("kubelet.yaml", kubelet(parts, node)),
    "kube-proxy.yaml": yamlText("kube-proxy.yaml", kubeProxy()),
    "cni/10-pods.conflist": jsonText("10-pods.conflist", podNetwork(node)),
    "resolv.conf": resolverText([RESOLVER]),
  };
  for (const [name, text] of Object.entries(files)) writeAtomically(join(folder, name), text);
}

/** Version 2 of the format, which containerd 1 and 2 both read: https://github.com/containerd/containerd/blob/main/docs/cri/config.md */
function containerd({ toolchain }: ConfigParts) {
  return {
    version: 2,
    root: `${AT_NODE}/containerd`,
    state: "/run/containerd",
    grpc: { address: `${AT_NODE}/containerd.sock` },
    plugins: {
      "io.containerd.grpc.v1.cri": {
        sandbox_image: imageReferences.pause,
        disable_apparmor: true,
        restrict_oom_score_adj: true,
        containerd: {
          default_runtime_name: "runc",
          runtimes: { runc: { runtime_type: "io.containerd.runc.v2" } },
        },
        cni: { bin_dir: toolchain.cniPlugins, conf_dir: `${AT_NODE}/cni` },
      },
    },
  };
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
function kubelet({ paths, pki }: ConfigParts, node: RealNode) {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: false },
      x509: { clientCAFile: pki.authority },
    },
    authorization: { mode: "AlwaysAllow" }, // for holders of a certificate of the authority: the API server alone
    containerRuntimeEndpoint: `unix://${AT_NODE}/containerd.sock`,
    clusterDNS: [CLUSTER_DNS],
    clusterDomain: "cluster.local",
    resolvConf: `${AT_NODE}/resolv.conf`,
    healthzBindAddress: "0.0.0.0",
    enableProfilingHandler: false,
    enableDebugFlagsHandler: false,
    enableSystemLogHandler: false,
    cgroupDriver: "cgroupfs",
    cgroupRoot: `/${controlGroup(paths, node)}`,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    evictionHard: {
      "nodefs.available": "1%",
      "imagefs.available": "1%",
      "memory.available": "100Mi",
    },
    imageGCHighThresholdPercent: 100, // there is no registry to get an image again from
  };
}

/**
 * https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
 *
 * The mode is that of EKS. In the mode nftables a new connection is refused now and then while rules are changed: docs/decisions/0007.
 */
function kubeProxy() {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clientConnection: { kubeconfig: `${AT_NODE}/kubeconfig` },
    mode: "iptables",
    // While kube-router writes rules too, its own may fail; by itself it would try again after 30 s.
    iptables: { syncPeriod: "10s" },
    clusterCIDR: POD_CIDR,
    conntrack: { maxPerCore: 0, min: 0 }, // the limit is the whole machine's
    healthzBindAddress: "0.0.0.0:10256",
    // It cannot be told to serve no metrics. No node has this address, so it goes on without: https://www.rfc-editor.org/rfc/rfc5737
    metricsBindAddress: "192.0.2.1:10249",
  };
}

/** Every packet of a Pod is routed, none is bridged past the NetworkPolicy's rules: https://www.cni.dev/plugins/current/main/ptp/ */
function podNetwork({ podCidr }: RealNode) {
  return {
    cniVersion: "0.4.0",
    name: "pods",
    plugins: [
      {
        type: "ptp",
        ipMasq: false,
        ipam: {
          type: "host-local",
          ranges: [[{ subnet: podCidr }]],
          routes: [{ dst: "0.0.0.0/0" }],
          dataDir: `${AT_NODE}/addresses`,
        },
      },
    ],
  };
}
