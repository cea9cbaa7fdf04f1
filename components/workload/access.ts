import type { networking } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { addressRange } from "../service/source-range-rules.ts";
import type { TargetPort } from "../service/target.ts";
import type { Checks } from "../validation/checks.ts";
import { trueOrFalse } from "../validation/rules.ts";
import { type Caller, readCaller, servicePorts } from "./callers.ts";
import { readEgress } from "./egress.ts";
import { podsOf } from "./network-peers.ts";
import type { NetworkPolicyArgs } from "./network-policy-args.ts";

/** Which connections a Backend's Pods accept and make. */
export interface Access {
  /** Whether connections are limited at all. */
  readonly limited: boolean;
  readonly callers: readonly Caller[];
  readonly closeEgress: boolean;
  /** DNS servers besides those of the cluster. */
  readonly dnsServerRanges: readonly pulumi.Input<string>[];
  /** What else the Pods may connect to. */
  readonly egress: readonly networking.v1.NetworkPolicyEgressRule[];
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
  for (const field of ["dnsServerRanges", "allowedEgress"] as const) {
    if (closeEgress === false && args[field] !== undefined) {
      const must = "must not be set unless args.closeEgress is true, which it adds to";
      checks.report(`args.${field}`, args[field], must);
    }
  }
  const callers =
    allowedCallers === undefined
      ? [{ from: [podsOf(args.namespace, {})], ports: servicePorts(ports) }]
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
    egress: readEgress(checks, args.allowedEgress ?? []),
  };
}
