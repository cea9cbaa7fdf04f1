import * as pulumi from "@pulumi/pulumi";
import { type Checks, type Finding, isLate, judge, type Rule } from "../validation/checks.ts";
import { qualifiedName, quantity } from "../validation/rules.ts";
import { compareQuantities, isWhole, parseQuantity } from "./quantity.ts";

/**
 * What the container asks for and may not exceed, by the names Kubernetes uses (`cpu`, `memory`, `ephemeral-storage`) or
 * that a device has, such as `nvidia.com/gpu`; of a device the limit is stated, and a request only if it is the same.
 *
 * A resource that is stated here, as a request or a limit, is emitted as stated and loses its default request and limit:
 * to have no CPU limit, state `requests: { cpu: "250m" }` alone.
 */
export interface ResourcesArgs {
  /**
   * What the scheduler reserves, as quantities such as `250m` or `128Mi`.
   *
   * @default - 100m cpu, 128Mi memory, 64Mi ephemeral-storage
   */
  readonly requests?: Record<string, pulumi.Input<string>>;
  /**
   * What the container may not exceed, as quantities.
   *
   * @default - 500m cpu, 256Mi memory, 256Mi ephemeral-storage
   */
  readonly limits?: Record<string, pulumi.Input<string>>;
}

type Quantities = Record<string, pulumi.Input<string>>;

/** What a container asks for and may not exceed, as it stands in a spec. */
export interface Resources {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/** Small enough for a node of one CPU, large enough for a small web service; every team should state its own. */
const DEFAULTS: Resources = {
  requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
  limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
};

/**
 * Reads resources. One that is stated, as a request or a limit, is emitted as stated and has no default: a default limit
 * below a stated request would be refused by the API server, and a stated request alone means "no limit".
 */
export function readResources(
  checks: Checks,
  resources: ResourcesArgs | undefined,
  path = "args.resources",
): Resources {
  const given = resources === undefined ? {} : checks.object(path, resources);
  const requests = readQuantities(checks, `${path}.requests`, given.requests);
  const limits = withRequests(
    checks,
    `${path}.limits`,
    readQuantities(checks, `${path}.limits`, given.limits),
    requests,
  );
  const stated = new Set([...Object.keys(requests), ...Object.keys(limits)]);
  const defaults = (quantities: Quantities) =>
    Object.fromEntries(Object.entries(quantities).filter(([name]) => !stated.has(name)));
  return {
    requests: { ...defaults(DEFAULTS.requests), ...requests },
    limits: { ...defaults(DEFAULTS.limits), ...limits },
  };
}

function readQuantities(checks: Checks, path: string, given: Quantities | undefined): Quantities {
  const quantities = given === undefined ? {} : checks.object(path, given);
  const entries = Object.entries(quantities).map(([name, value]) => {
    checks.plain(`${path} key`, name, resourceName);
    return [name, checks.input(`${path}.${name}`, value, amountOf(name))] as const;
  });
  return Object.fromEntries(entries);
}

/** What a container may ask for: huge pages are not among it, they need a volume of their own. */
const resourceName: Rule = (name) =>
  Object.hasOwn(DEFAULTS.requests, String(name)) || isDevice(name)
    ? undefined
    : 'must be "cpu", "memory", "ephemeral-storage" or the name of a device, such as nvidia.com/gpu';

/** The API server puts `requests.` before the name of a device where it counts it, so it has to be short enough. */
function isDevice(name: unknown): boolean {
  const text = typeof name === "string" ? name : "";
  return (
    text.includes("/") &&
    !text.startsWith("requests.") &&
    qualifiedName(`requests.${text}`) === undefined
  );
}

/** CPUs have parts; a part of a byte or of a device is refused, or warned of. */
const amountOf =
  (name: string): Rule =>
  (value) =>
    quantity(value) ??
    (name === "cpu" || isWhole(parseQuantity(String(value)))
      ? undefined
      : "must be a whole number");

/** The limits, each judged together with the request of the same resource: as late as the later of the two. */
function withRequests(
  checks: Checks,
  path: string,
  limits: Quantities,
  requests: Quantities,
): Quantities {
  for (const name of Object.keys(requests).filter(
    (it) => isDevice(it) && !Object.hasOwn(limits, it),
  )) {
    checks.report(`${path}.${name}`, undefined, "must be stated with a request of a device");
  }
  const entries = Object.entries(limits).map(([name, limit]) => {
    const request = Object.hasOwn(requests, name) ? requests[name] : undefined;
    if (request === undefined) {
      return [name, limit] as const;
    }
    const both = isLate(limit) || isLate(request) ? pulumi.all([limit, request]) : [limit, request];
    const judged = checks.gate(both, (known) => limitFindings(`${path}.${name}`, name, known));
    return [name, isLate(judged) ? pulumi.output(judged).apply(([it = ""]) => it) : limit] as const;
  });
  return Object.fromEntries(entries);
}

function limitFindings(path: string, name: string, both: unknown): readonly Finding[] {
  const [limit, request] = both as [unknown, unknown];
  // What is no quantity has been reported.
  if (quantity(limit) !== undefined || quantity(request) !== undefined) {
    return [];
  }
  return judge(path, limit, (value) => {
    const more = compareQuantities(parseQuantity(String(value)), parseQuantity(String(request)));
    if (isDevice(name)) {
      return more === 0 ? undefined : "must be the same as the request";
    }
    return more >= 0 ? undefined : "must be at least the request";
  });
}
