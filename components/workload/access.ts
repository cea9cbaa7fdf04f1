import type * as pulumi from "@pulumi/pulumi";
import { addressRange } from "../service/source-range-rules.ts";
import type { TargetPort } from "../service/target.ts";
import type { Checks } from "../validation/checks.ts";
import {
  among,
  labelValue,
  namespaceName,
  qualifiedName,
  trueOrFalse,
} from "../validation/rules.ts";
import { readStringMap, type StringMap } from "../validation/string-map.ts";
import type { CallerArgs, NetworkPolicyArgs } from "./network-policy-args.ts";

/** Pods that may connect, and to which ports. */
interface Caller {
  readonly namespace: pulumi.Input<string>;
  readonly podLabels: StringMap;
  readonly ports: readonly TargetPort[];
}

/** Which connections a Backend's Pods accept and make. */
export interface Access {
  /** Whether connections are limited at all. */
  readonly limited: boolean;
  readonly callers: readonly Caller[];
  readonly closeEgress: boolean;
  /** DNS servers besides those of the cluster. */
  readonly dnsServerRanges: readonly pulumi.Input<string>[];
}

/** Reads which connections a Backend's Pods accept and make. */
export function readAccess(
  checks: Checks,
  args: NetworkPolicyArgs & { readonly namespace: string },
  ports: readonly TargetPort[],
): Access {
  const { allowedCallers, closeEgress = false, dnsServerRanges, networkPolicy = true } = args;
  const limited = checks.plain("args.networkPolicy", networkPolicy, trueOrFalse);
  checks.plain("args.closeEgress", closeEgress, trueOrFalse);
  if (limited === false && (allowedCallers !== undefined || closeEgress === true)) {
    const must = "must be true with allowedCallers and closeEgress, which need it";
    checks.report("args.networkPolicy", networkPolicy, must);
  }
  if (closeEgress === false && dnsServerRanges !== undefined) {
    const must = "must not be set unless args.closeEgress is true, which it adds to";
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
    const must = "must name the ports to open, because the Backend has no Service";
    checks.report(`${path}.ports`, ports, must);
  }
  wanted.forEach((name, index) => {
    checks.plain(`${path}.ports[${index}]`, name, right);
  });
  return {
    namespace:
      namespace === undefined ? own : checks.input(`${path}.namespace`, namespace, namespaceName),
    podLabels: readStringMap(checks, `${path}.podLabels`, podLabels, qualifiedName, labelValue),
    ports: declared.filter(({ name }) => wanted.includes(name)),
  };
}

function servicePorts(ports: readonly TargetPort[]): readonly TargetPort[] {
  return ports.filter(({ port }) => port !== undefined);
}
