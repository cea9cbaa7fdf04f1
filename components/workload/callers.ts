import type { networking } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { TargetPort } from "../service/target.ts";
import { type Checks, isRecord } from "../validation/checks.ts";
import {
  among,
  labelValue,
  namespaceName,
  qualifiedName,
  trueOrFalse,
} from "../validation/rules.ts";
import { readStringMap } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { podSelector, podsOf, readIpBlocks } from "./network-peers.ts";
import type { CallerArgs } from "./network-policy-args.ts";

/** Who may connect, and to which ports. */
export interface Caller {
  readonly from: readonly networking.v1.NetworkPolicyPeer[];
  readonly ports: readonly TargetPort[];
}

/** What a caller's address ranges exclude. */
const OF_PODS = ["namespace", "namespaceLabels", "anyNamespace", "podLabels"] as const;

/** Reads a caller of a Backend in the namespace `own`, which declares the ports. */
export function readCaller(
  checks: Checks,
  path: string,
  stated: CallerArgs,
  own: string,
  declared: readonly TargetPort[],
): Caller {
  const given = checks.object(path, stated);
  const peers = given.ranges === undefined ? readPods : readRanges;
  return {
    from: peers(checks, path, given, own),
    ports: readCallerPorts(checks, path, given, declared),
  };
}

function readRanges(checks: Checks, path: string, given: CallerArgs) {
  for (const field of OF_PODS.filter((it) => given[it] !== undefined)) {
    const must = "must not be set with ranges; state the Pods as another caller";
    checks.report(`${path}.${field}`, given[field], must);
  }
  return readIpBlocks(checks, `${path}.ranges`, given.ranges ?? []);
}

function readPods(checks: Checks, path: string, given: CallerArgs, own: string) {
  const { anyNamespace = false, namespace, namespaceLabels } = given;
  checks.plain(`${path}.anyNamespace`, anyNamespace, trueOrFalse);
  if (namespace !== undefined && (anyNamespace || namespaceLabels !== undefined)) {
    const must = `must not be set with ${anyNamespace ? "anyNamespace" : "namespaceLabels"}; remove one of them`;
    checks.report(`${path}.namespace`, namespace, must);
  } else if (anyNamespace && namespaceLabels !== undefined) {
    const must = "must not be set with anyNamespace; remove one of them";
    checks.report(`${path}.namespaceLabels`, namespaceLabels, must);
  }
  if (isRecord(namespaceLabels) && Object.keys(namespaceLabels).length === 0) {
    const must = "must have at least one label; anyNamespace admits Pods of every namespace";
    checks.report(`${path}.namespaceLabels`, namespaceLabels, must);
  }
  const labels = (field: "namespaceLabels" | "podLabels") =>
    readStringMap(checks, `${path}.${field}`, given[field], qualifiedName, labelValue);
  const pods = labels("podLabels");
  if (anyNamespace || namespaceLabels !== undefined) {
    const namespaceSelector = withoutEmpty({ matchLabels: labels("namespaceLabels") });
    return [{ namespaceSelector, ...podSelector(pods) }];
  }
  const named: pulumi.Input<string> =
    namespace === undefined ? own : checks.input(`${path}.namespace`, namespace, namespaceName);
  return [podsOf(named, pods)];
}

function readCallerPorts(
  checks: Checks,
  path: string,
  { ports }: CallerArgs,
  declared: readonly TargetPort[],
): readonly TargetPort[] {
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
  return declared.filter(({ name }) => wanted.includes(name));
}

/** The ports that are in the Backend's Service. */
export function servicePorts(ports: readonly TargetPort[]): readonly TargetPort[] {
  return ports.filter(({ port }) => port !== undefined);
}
