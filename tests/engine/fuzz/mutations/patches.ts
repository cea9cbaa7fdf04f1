import type { BackendArgs, LoadBalancerServiceArgs } from "../../../../components/index.ts";
import type { ComponentName } from "../render.ts";
import { noEnvironment, served } from "./bases.ts";
import { breaks, type Mutation } from "./mutation.ts";

const ENTRANCES = ["LoadBalancerService", "NodePortService"] as const;
const AWS = "service.beta.kubernetes.io/aws-load-balancer-";

/** A Backend that has every object there is. */
const whole = (args: BackendArgs) => ({
  ...served(args),
  ...{ networkPolicy: undefined, podDisruptionBudget: true, volumes: undefined, adopt: undefined },
  ...{ serviceAccountName: undefined, serviceAccountAnnotations: undefined, resources: undefined },
  ...{ replicas: undefined, autoscaling: { minReplicas: 2, maxReplicas: 3 } },
  ...{ externalAutoscaler: undefined, disruptionBudget: undefined },
  ...{ ...noEnvironment, secretEnv: { A: "1" } },
  ...{ connectsToExternal: undefined, connectsTo: undefined, patches: {} },
});

/** A patch may state the families that an argument states. */
const noFamilies = { ipFamilies: undefined, ipFamilyPolicy: undefined };

/** A LoadBalancerService of which every field is stated that decides who can reach it. */
const open = ({ cluster }: LoadBalancerServiceArgs) => ({
  ...{ cluster: { ...cluster, allowPublic: true }, exposure: "Public" },
  ...{ sourceRanges: ["10.0.0.0/8"], patches: {}, ...noFamilies },
});

const BESIDE = {
  Backend: whole,
  LoadBalancerService: open,
  NodePortService: () => ({ patches: {}, ...noFamilies }),
} as const;

/** What does not fit a patch of one kind, or a whole one. A late one is refused whatever is in it. */
const breaksPatch = (
  rule: string,
  component: ComponentName,
  kind: string,
  values: readonly unknown[],
  path = `args.patches.${kind}`,
) =>
  breaks(rule, component, `patches.${kind}`, values, {
    args: BESIDE[component],
    path,
    plain: true,
  });

/** Patches of a field that has to stay: by its keys, each with values that are others. */
const stays =
  (rule: string, component: ComponentName) =>
  (kind: string, keys: readonly string[], ...values: readonly unknown[]): Mutation => {
    const changes = values.map((value) =>
      keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
    );
    const path = keys.map((key) => (key.includes("/") ? `["${key}"]` : `.${key}`)).join("");
    return breaksPatch(rule, component, kind, changes, `args.patches.${kind}${path}`);
  };

const backendStays = stays("patches: what objects know each other by", "Backend");
const KINDS = [
  ...["deployment", "service", "serviceAccount", "secret"],
  ...["networkPolicy", "podDisruptionBudget", "horizontalPodAutoscaler"],
] as const;

const ofBackend: readonly Mutation[] = [
  breaks("patches: an object", "Backend", "patches", [null, "all", []], { plain: true }),
  ...KINDS.map((kind) => breaksPatch("patches: an object", "Backend", kind, [null, "all", []])),
  ...["ingress", "connectionPolicies", "toString"].map((kind) =>
    breaksPatch("patches: of objects there are", "Backend", kind, [{}]),
  ),
  breaksPatch(
    "patches: plain data",
    "Backend",
    "deployment",
    [Number.NaN, 1n, () => "called", new Date(0)].map((odd) => ({ spec: { odd } })),
    "args.patches.deployment.spec.odd",
  ),
  ...KINDS.flatMap((kind) => [
    backendStays(kind, ["metadata", "name"], "x", 1, null),
    backendStays(kind, ["metadata", "namespace"], "elsewhere", null),
  ]),
  backendStays("deployment", ["spec", "selector"], { matchLabels: { tier: "a" } }, null),
  backendStays("deployment", ["spec", "template", "metadata", "labels", "app"], "x y", null),
  // The autoscaler decides it.
  backendStays("deployment", ["spec", "replicas"], 7, null),
  backendStays("service", ["spec", "selector"], { tier: "a" }, null),
  backendStays("service", ["spec", "type"], "NodePort", "LoadBalancer", null),
  backendStays(
    "service",
    ["spec", "ports"],
    [{ name: "one", port: 81 }],
    [],
    [{ port: 80, targetPort: 1 }],
    null,
  ),
  backendStays("networkPolicy", ["spec", "podSelector"], { matchLabels: { tier: "a" } }, null),
  backendStays("podDisruptionBudget", ["spec", "selector"], { matchLabels: { tier: "a" } }, null),
  backendStays("horizontalPodAutoscaler", ["spec", "scaleTargetRef"], { name: "x" }, null),
  stays("patches: who can reach it", "Backend")(
    "networkPolicy",
    ["spec", "policyTypes"],
    ...[[], ["Egress"], ["Ingress", "Ingress"], null],
  ),
];

const ofEntrances = ENTRANCES.flatMap((it): readonly Mutation[] => {
  const connecting = stays("patches: what objects know each other by", it);
  const exposing = stays("patches: who can reach it", it);
  return [
    breaks("patches: an object", it, "patches", [null, "all", []], { plain: true }),
    breaksPatch("patches: an object", it, "service", [null, "all", []]),
    breaksPatch("patches: of objects there are", it, "deployment", [{}, null]),
    connecting("service", ["metadata", "name"], "x", null),
    connecting("service", ["metadata", "namespace"], "elsewhere", null),
    connecting("service", ["spec", "selector"], { tier: "a" }, null),
    connecting("service", ["spec", "type"], "ClusterIP", "ExternalName", null),
    connecting("service", ["spec", "ports"], [], [{ name: "more", port: 81 }], null),
    exposing("service", ["spec", "externalIPs"], ["192.0.2.1"]),
    exposing("service", ["spec", "loadBalancerClass"], "a/b"),
    exposing("service", ["spec", "loadBalancerIP"], "192.0.2.1"),
    exposing("service", ["spec", "ipFamilies"], ["IPv6"], ["IPv6", "IPv4"]),
    exposing("service", ["spec", "allocateLoadBalancerNodePorts"], true),
    exposing("service", ["spec", "loadBalancerSourceRanges"], ["0.0.0.0/0"], []),
  ];
});

const exposing = stays("patches: who can reach it", "LoadBalancerService");

/** The rules of patches. */
export const patches: readonly Mutation[] = [
  ...ofBackend,
  ...ofEntrances,
  exposing("service", ["spec", "loadBalancerSourceRanges"], null),
  ...["type", "internal", "scheme"].map((key) =>
    exposing("service", ["metadata", "annotations", `${AWS}${key}`], "x"),
  ),
  exposing("service", ["metadata", "annotations", `${AWS}internal`], "true", null),
  exposing(
    "service",
    ["metadata", "annotations", "service.beta.kubernetes.io/load-balancer-source-ranges"],
    "0.0.0.0/0",
  ),
];
