import * as pulumi from "@pulumi/pulumi";

/** The component that has claimed something. */
interface Holder {
  readonly component: pulumi.ComponentResource;
  readonly name: string;
}

/** What may exist only once in a cluster, such as `node port 30007`, and its holder. */
type Claims = Map<string, Holder>;

/**
 * Claims by run of a program, then by the claimant's provider (its cluster). The connection to the engine identifies
 * the run: every run in one process, every deployment of an inline program and every `setMocks` has its own, so that no
 * claim carries over to the next run.
 */
const runs = new WeakMap<object, Map<pulumi.ProviderResource | undefined, Claims>>();

/**
 * Claims something for a component.
 *
 * @returns the name of the component of the same program and provider that already holds it, or undefined
 */
export function claim(
  component: pulumi.ComponentResource,
  name: string,
  what: string,
): string | undefined {
  const claims = claimsOf(component);
  const holder = claims.get(what) ?? { component, name };
  claims.set(what, holder);
  return holder.component === component ? undefined : holder.name;
}

function claimsOf(component: pulumi.ComponentResource): Claims {
  const run = pulumi.runtime.getMonitor() ?? runs;
  const clusters = runs.get(run) ?? new Map<pulumi.ProviderResource | undefined, Claims>();
  runs.set(run, clusters);
  const provider = component.getProvider("kubernetes:core/v1:Service");
  const claims = clusters.get(provider) ?? new Map<string, Holder>();
  clusters.set(provider, claims);
  return claims;
}
