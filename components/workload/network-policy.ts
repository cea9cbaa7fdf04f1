import type { networking } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { BackendSpec } from "../backend-spec.ts";
import { addressRange } from "../load-balancer/cidr.ts";
import { among, labelValue, namespaceName, qualifiedName, trueOrFalse } from "../rules.ts";
import type { TargetPort } from "../service/target.ts";
import { readTexts, type Texts } from "../texts.ts";
import type { Checks } from "../validation.ts";
import { withoutEmpty } from "../without-empty.ts";
import { egressRule, podsOf } from "./connection-policy.ts";
import { openedPorts } from "./entrance-ports.ts";
import type { CallerArgs, NetworkPolicyArgs } from "./network-policy-args.ts";

/** Pods that may connect, and to which ports. */
interface Caller {
  readonly namespace: pulumi.Input<string>;
  readonly podLabels: Texts;
  readonly ports: readonly TargetPort[];
}

/** Who may connect to a Backend's Pods, and to whom they may. */
export interface Access {
  /** Whether anything is limited at all. */
  readonly limited: boolean;
  readonly callers: readonly Caller[];
  readonly closeEgress: boolean;
  /** DNS servers besides those of the cluster. */
  readonly dnsServerRanges: readonly pulumi.Input<string>[];
}

/** NodeLocal DNSCache is no Pod to a policy. https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/ */
const NODE_LOCAL_DNS = "169.254.20.10/32";

/** Reads who may connect to a Backend's Pods, and to whom they may. */
export function readAccess(
  checks: Checks,
  args: NetworkPolicyArgs & { readonly namespace: string },
  ports: readonly TargetPort[],
): Access {
  const { allowedCallers, closeEgress = false, dnsServerRanges, networkPolicy = true } = args;
  const limited = checks.plain("args.networkPolicy", networkPolicy, trueOrFalse);
  checks.plain("args.closeEgress", closeEgress, trueOrFalse);
  if (limited === false && (allowedCallers !== undefined || closeEgress === true)) {
    const must = "must be true with allowedCallers and closeEgress, which it enforces";
    checks.report("args.networkPolicy", networkPolicy, must);
  }
  if (closeEgress === false && dnsServerRanges !== undefined) {
    const must = "must be left out unless args.closeEgress is true, which it adds to";
    checks.report("args.dnsServerRanges", dnsServerRanges, must);
  }
  const callers =
    allowedCallers === undefined
      ? [{ namespace: args.namespace, podLabels: {}, ports: servicePorts(ports) }]
      : checks
          .list("args.allowedCallers", allowedCallers, 0, "callers")
          .map((caller, index) =>
            readCaller(checks, `args.allowedCallers[${index}]`, caller, args.namespace, ports),
          );
  const ranges = checks.list("args.dnsServerRanges", dnsServerRanges ?? [], 0, "address ranges");
  return {
    limited,
    callers,
    closeEgress,
    dnsServerRanges: ranges.map((range, index) =>
      checks.input(`args.dnsServerRanges[${index}]`, range, addressRange),
    ),
  };
}

/** The spec of a Backend's NetworkPolicy. */
export function networkPolicySpec({
  access: { callers, closeEgress, dnsServerRanges },
  app,
  connections,
  entrances,
  ports,
}: BackendSpec): networking.v1.NetworkPolicySpec {
  const opened = openedPorts(ports);
  return {
    podSelector: { matchLabels: { app } },
    policyTypes: closeEgress ? ["Ingress", "Egress"] : ["Ingress"],
    ...withoutEmpty({
      // Where nobody may connect there is no rule: a policy without rules lets nobody in.
      ingress: [
        // Whoever comes through an entrance has an address of its own, or that of a node.
        ...(entrances.length === 0 || opened.length === 0 ? [] : [{ ports: policyPorts(opened) }]),
        ...callers
          .filter((caller) => caller.ports.length > 0)
          .map((caller) => ({
            from: [podsOf(caller.namespace, caller.podLabels)],
            ports: policyPorts(caller.ports),
          })),
      ],
      egress: closeEgress
        ? [...dnsRules(dnsServerRanges), ...connections.map(egressRule)]
        : undefined,
    }),
  };
}

/** The cluster's DNS servers where they are Pods, and those that are none. OpenShift's listen on a port of their own. */
function dnsRules(
  ranges: readonly pulumi.Input<string>[],
): networking.v1.NetworkPolicyEgressRule[] {
  const ports = (port: number) => ["UDP", "TCP"].map((protocol) => ({ port, protocol }));
  const servers = [NODE_LOCAL_DNS, ...ranges].map((cidr) => ({ ipBlock: { cidr } }));
  return [
    { to: [podsOf("kube-system", {}), ...servers], ports: ports(53) },
    { to: [podsOf("openshift-dns", {})], ports: ports(5353) },
  ];
}

function readCaller(
  checks: Checks,
  path: string,
  given: CallerArgs,
  own: string,
  declared: readonly TargetPort[],
): Caller {
  const { namespace, podLabels, ports } = checks.object(path, given);
  const right = among(declared.map(({ name }) => name));
  const wanted =
    ports === undefined
      ? servicePorts(declared).map(({ name }) => name)
      : checks.list(`${path}.ports`, ports, 1, "port name");
  if (ports === undefined && wanted.length === 0) {
    const must = "must name the ports to open, the Backend has no Service";
    checks.report(`${path}.ports`, ports, must);
  }
  wanted.forEach((name, index) => {
    checks.plain(`${path}.ports[${index}]`, name, right);
  });
  return {
    namespace:
      namespace === undefined ? own : checks.input(`${path}.namespace`, namespace, namespaceName),
    podLabels: readTexts(checks, `${path}.podLabels`, podLabels, qualifiedName, labelValue),
    ports: declared.filter(({ name }) => wanted.includes(name)),
  };
}

function servicePorts(ports: readonly TargetPort[]): readonly TargetPort[] {
  return ports.filter(({ port }) => port !== undefined);
}

/** The ports of a NetworkPolicy's rule. */
export function policyPorts(ports: readonly TargetPort[]) {
  return ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol }));
}
