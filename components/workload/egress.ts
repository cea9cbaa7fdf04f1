import type { networking } from "@pulumi/kubernetes/types/input.js";
import { Protocol } from "../service/target.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { integer, oneOf, portNumber } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { readIpBlocks } from "./network-peers.ts";
import type { EgressArgs, EgressPortArgs } from "./network-policy-args.ts";

/** Reads addresses to which a Backend's Pods may connect, as rules of its NetworkPolicy. */
export function readEgress(
  checks: Checks,
  given: readonly EgressArgs[],
): readonly networking.v1.NetworkPolicyEgressRule[] {
  return checks.list("args.allowedEgress", given, 0, "destinations").map((item, index) => {
    const path = `args.allowedEgress[${index}]`;
    const { ports = [], ranges } = checks.object(path, item);
    return {
      to: readIpBlocks(checks, `${path}.ranges`, ranges),
      ...withoutEmpty({ ports: readPorts(checks, `${path}.ports`, ports) }),
    };
  });
}

function readPorts(checks: Checks, path: string, given: readonly EgressPortArgs[]) {
  return checks.list(path, given, 0, "ports").map((item, index) => {
    const at = `${path}[${index}]`;
    const { endPort, port, protocol = Protocol.TCP } = checks.object(at, item);
    const from = checks.plain(`${at}.port`, port, portNumber);
    return {
      port: from,
      ...(endPort === undefined
        ? {}
        : { endPort: checks.plain(`${at}.endPort`, endPort, notBefore(from)) }),
      protocol: checks.plain(`${at}.protocol`, protocol, oneOf(Protocol)),
    };
  });
}

/** A wrong first port has been reported. */
function notBefore(first: number): Rule {
  return portNumber(first) === undefined
    ? integer(first, 65535, "it is the last port of the range")
    : portNumber;
}
