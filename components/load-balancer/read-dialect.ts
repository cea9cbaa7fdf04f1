import { AddressKind } from "../cluster/address-kind.ts";
import {
  type ClusterArgs,
  LoadBalancerController,
  type OtherControllerArgs,
} from "../cluster/args.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import {
  annotationKey,
  anyString,
  oneOf,
  qualifiedName,
  trueOrFalse,
} from "../validation/rules.ts";
import { readStringMap } from "../validation/string-map.ts";
import type { LoadBalancerServiceArgs } from "./args.ts";
import type { LoadBalancerDialect } from "./contract/dialect.ts";
import { Exposure } from "./contract/intent.ts";
import { otherController } from "./dialects/other.ts";
import { dialectOf } from "./registry.ts";

const PATH = "args.cluster";
const OTHER = `${PATH}.otherController`;

/** Reads which controller makes the load balancer, and whether it may be public. */
export function readDialect(checks: Checks, args: LoadBalancerServiceArgs): LoadBalancerDialect {
  checks.plain("args.exposure", args.exposure, oneOf(Exposure));
  const {
    allowPublic = false,
    controller,
    otherController: other,
  }: ClusterArgs = checks.object(PATH, args.cluster);
  checks.plain(`${PATH}.controller`, controller, (value) =>
    value === LoadBalancerController.None
      ? "must be a controller that makes load balancers; install one and name it, or use a NodePortService"
      : oneOf(LoadBalancerController)(value),
  );
  checks.plain(`${PATH}.allowPublic`, allowPublic, (value) =>
    value === false && args.exposure === Exposure.Public
      ? "must be true for a public load balancer; allow it there, or use Exposure.Internal"
      : trueOrFalse(value),
  );
  if (controller === LoadBalancerController.Other) {
    return readOther(checks, args.exposure, other);
  }
  if (other !== undefined) {
    const must = `must not be set unless ${PATH}.controller is "Other"`;
    checks.report(OTHER, other, must);
  }
  return dialectOf(controller);
}

function readOther(
  checks: Checks,
  exposure: Exposure,
  given: OtherControllerArgs | undefined,
): LoadBalancerDialect {
  const other = checks.object<OtherControllerArgs>(OTHER, given as OtherControllerArgs);
  const at = (field: keyof OtherControllerArgs) => `${OTHER}.${field}`;
  const { enforcesSourceRanges = false, loadBalancerClass } = other;
  checks.plain(at("addressKind"), other.addressKind, oneOf(AddressKind));
  checks.plain(at("loadBalancerClass"), loadBalancerClass, optional(qualifiedName));
  checks.plain(at("enforcesSourceRanges"), enforcesSourceRanges, trueOrFalse);
  for (const field of ["publicAnnotations", "internalAnnotations"] as const) {
    readStringMap(checks, at(field), other[field], annotationKey, anyString);
  }
  const making = exposure === Exposure.Public ? "publicAnnotations" : "internalAnnotations";
  if (other[making] === undefined) {
    const kind = exposure === Exposure.Public ? "a public" : "an internal";
    const must = `must state the annotations that make ${kind} load balancer; use {} if it needs none`;
    checks.report(at(making), undefined, must);
  }
  return otherController(other);
}

function optional(rule: Rule): Rule {
  return (value) => (value === undefined ? undefined : rule(value));
}
