import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Checks } from "../validation/checks.ts";
import { oneOf, trueOrFalse } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { type ClusterIpArgs, TrafficDistribution } from "./cluster-ip-args.ts";
import { readIpFamilies } from "./ip-families.ts";
import { readSessionAffinity } from "./session-affinity.ts";
import type { TargetPort } from "./target.ts";
import { TrafficPolicy } from "./traffic-policy.ts";
import { untilClusterIp } from "./wait-for.ts";

const KNOBS: readonly (keyof ClusterIpArgs)[] = [
  "headless",
  "internalTrafficPolicy",
  "ipFamilies",
  "ipFamilyPolicy",
  "publishNotReadyAddresses",
  "sessionAffinity",
  "sessionAffinityTimeoutSeconds",
  "trafficDistribution",
];

/** Settings of kube-proxy, which takes no part in connections to a headless Service. */
const PROXIED: readonly (keyof ClusterIpArgs)[] = [
  "internalTrafficPolicy",
  "sessionAffinity",
  "trafficDistribution",
];

/** Reads the settings of the Backend's own Service, as fields of its spec. */
export function readClusterIp(
  checks: Checks,
  args: ClusterIpArgs,
  ports: readonly (TargetPort & { readonly path: string })[],
): Partial<core.v1.ServiceSpec> {
  const { headless, internalTrafficPolicy, publishNotReadyAddresses, trafficDistribution } = args;
  if (ports.length > 0 && clusterIpPorts(ports).length === 0) {
    reportStated(checks, args, KNOBS, "the Backend has no Service; give a port a port");
  }
  if (headless !== undefined) {
    checks.plain("args.headless", headless, trueOrFalse);
  }
  if (headless === true) {
    reportStated(checks, args, PROXIED, "a headless Service has no proxy that could do it");
    reportTranslated(checks, ports);
  }
  return withoutEmpty({
    clusterIP: headless === true ? "None" : undefined,
    internalTrafficPolicy: choice(
      checks,
      "args.internalTrafficPolicy",
      internalTrafficPolicy,
      TrafficPolicy,
    ),
    trafficDistribution: choice(
      checks,
      "args.trafficDistribution",
      trafficDistribution,
      TrafficDistribution,
    ),
    publishNotReadyAddresses:
      publishNotReadyAddresses === undefined
        ? undefined
        : checks.input("args.publishNotReadyAddresses", publishNotReadyAddresses, trueOrFalse),
    ...readSessionAffinity(checks, args),
    ...readIpFamilies(checks, args),
  });
}

/** The ports of the Backend's own Service. */
export function clusterIpPorts(
  ports: readonly TargetPort[],
): readonly (TargetPort & { readonly port: number })[] {
  return ports.flatMap(({ port, ...rest }) => (port === undefined ? [] : [{ ...rest, port }]));
}

/** What the Backend's own Service is made of. */
export interface ClusterIpSpec {
  readonly app: string;
  /** Fields of the Service's spec. */
  readonly clusterIp: Partial<core.v1.ServiceSpec>;
  readonly namespace: string;
  readonly ports: readonly TargetPort[];
  readonly serviceName: string;
}

/** The Backend's own Service. */
export function clusterIpService(
  { app, clusterIp, namespace, ports, serviceName }: ClusterIpSpec,
  labels: Record<string, string>,
) {
  return {
    metadata: { name: serviceName, namespace, labels, annotations: untilClusterIp },
    spec: {
      type: "ClusterIP",
      ...clusterIp,
      selector: { app },
      ports: clusterIpPorts(ports).map(({ name, port, containerPort, protocol, appProtocol }) => ({
        name,
        port,
        targetPort: containerPort,
        protocol,
        ...(appProtocol === undefined ? {} : { appProtocol }),
      })),
    },
  };
}

function choice<T extends string>(
  checks: Checks,
  path: string,
  value: T | undefined,
  values: Record<string, T>,
): T | undefined {
  return value === undefined ? undefined : checks.plain(path, value, oneOf(values));
}

function reportStated(
  checks: Checks,
  args: ClusterIpArgs,
  names: readonly (keyof ClusterIpArgs)[],
  reason: string,
): void {
  for (const name of names.filter((it) => args[it] !== undefined)) {
    checks.report(`args.${name}`, args[name], `must not be set: ${reason}`);
  }
}

function reportTranslated(
  checks: Checks,
  ports: readonly (TargetPort & { readonly path: string })[],
): void {
  ports.forEach(({ containerPort, path, port }) => {
    // A value that is not a number has already been reported.
    if (typeof containerPort === "number" && port !== undefined && port !== containerPort) {
      const must = `must be ${containerPort} like its containerPort, a headless Service translates no ports`;
      checks.report(`${path}.port`, port, must);
    }
  });
}
