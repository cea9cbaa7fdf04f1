import type * as pulumi from "@pulumi/pulumi";
import { type Checks, type Finding, judge, type Rule } from "../validation/checks.ts";
import { compareQuantities, isWhole, parseQuantity } from "../validation/quantity.ts";
import { qualifiedName, quantity } from "../validation/rules.ts";

/**
 * The container's requests and limits, by Kubernetes' resource names (`cpu`, `memory`, `ephemeral-storage`) or a
 * device's name, such as `nvidia.com/gpu`. For a device, state the limit; a request must equal it.
 *
 * A resource that is stated here, as a request or a limit, has no default request or limit: to have no CPU limit, state
 * only `requests: { cpu: "250m" }`.
 */
export interface ResourcesArgs {
  /**
   * What the scheduler reserves, as quantities such as `250m` or `128Mi`.
   *
   * @default - 100m cpu, 128Mi memory, 64Mi ephemeral-storage
   */
  readonly requests?: Record<string, pulumi.Input<string>>;
  /**
   * What the container must not exceed, as quantities.
   *
   * @default - 500m cpu, 256Mi memory, 256Mi ephemeral-storage
   */
  readonly limits?: Record<string, pulumi.Input<string>>;
}

type Quantities = Record<string, pulumi.Input<string>>;

/** A container's requests and limits, as in a spec. */
export interface Resources {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/** Small enough for a node with one CPU, large enough for a small web service; every team should state its own. */
const DEFAULTS: Resources = {
  requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
  limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
};

/**
 * Reads resources. A resource that is stated, as a request or a limit, gets no default: the API server would reject a
 * default limit below a stated request, and a request without a limit means "no limit".
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

/** The resources that a container may request. Huge pages are excluded, because they need a volume of their own. */
const resourceName: Rule = (name) =>
  Object.hasOwn(DEFAULTS.requests, String(name)) || isDevice(name)
    ? undefined
    : 'must be "cpu", "memory", "ephemeral-storage" or the name of a device, such as nvidia.com/gpu';

/** The API server prefixes the name of a device with `requests.` in quotas, so the name must be short enough. */
function isDevice(name: unknown): boolean {
  const text = typeof name === "string" ? name : "";
  return (
    text.includes("/") &&
    !text.startsWith("requests.") &&
    qualifiedName(`requests.${text}`) === undefined
  );
}

/** CPUs may be fractional; the API server rejects or warns about fractions of bytes and devices. */
const amountOf =
  (name: string): Rule =>
  (value) =>
    quantity(value) ??
    (name === "cpu" || isWhole(parseQuantity(String(value)))
      ? undefined
      : "must be a whole number");

/** The limits, each checked together with the request for the same resource: deferred if either is. */
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
    const judged = checks.together(limit, [request], (known, [asked]) =>
      limitFindings(`${path}.${name}`, name, known, asked),
    );
    return [name, judged] as const;
  });
  return Object.fromEntries(entries);
}

function limitFindings(
  path: string,
  name: string,
  limit: unknown,
  request: unknown,
): readonly Finding[] {
  // A value that is not a quantity has already been reported.
  if (quantity(limit) !== undefined || quantity(request) !== undefined) {
    return [];
  }
  return judge(path, limit, (value) => {
    const more = compareQuantities(parseQuantity(String(value)), parseQuantity(String(request)));
    if (isDevice(name)) {
      return more === 0 ? undefined : "must equal the request";
    }
    return more >= 0 ? undefined : "must be at least the request";
  });
}
