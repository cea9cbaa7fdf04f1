import type * as pulumi from "@pulumi/pulumi";
import { nonEmptyText, quantity } from "../rules.ts";
import type { Checks } from "../validation.ts";

/**
 * What the container asks for and may not exceed, by the names Kubernetes uses (`cpu`, `memory`, `ephemeral-storage`).
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
  const limits = readQuantities(checks, `${path}.limits`, given.limits);
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
    checks.plain(`${path} key`, name, nonEmptyText);
    return [name, checks.input(`${path}.${name}`, value, quantity)] as const;
  });
  return Object.fromEntries(entries);
}
