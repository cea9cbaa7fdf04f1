import type * as pulumi from "@pulumi/pulumi";
import type { ResourcesArgs } from "../backend-args.ts";
import { nonEmptyText, quantity } from "../rules.ts";
import type { Checks } from "../validation.ts";

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
export function readResources(checks: Checks, resources: ResourcesArgs | undefined): Resources {
  const given = resources === undefined ? {} : checks.object("args.resources", resources);
  const requests = readQuantities(checks, "args.resources.requests", given.requests);
  const limits = readQuantities(checks, "args.resources.limits", given.limits);
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
