import * as pulumi from "@pulumi/pulumi";

/** How to reach a component's cluster, in the terms of Pulumi's provider. Must never be printed. */
export interface ClusterAccess {
  /** The path or the content of a kubeconfig. If absent or empty, the environment's kubeconfig is used. */
  readonly kubeconfig?: string | undefined;
  /** The context in the kubeconfig. If absent or empty, the current context is used. */
  readonly context?: string | undefined;
  /** The cluster in the kubeconfig, in place of the context's own. */
  readonly cluster?: string | undefined;
}

const KEYS = ["kubeconfig", "context", "cluster"] as const;

/** The value of an input that is already known, as every input is in a hook of an update. */
export function knownValue<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(input).apply(resolve);
  });
}

/**
 * How to reach the cluster of a component's objects: the arguments of its provider, or the configuration of the default
 * provider.
 */
export async function clusterAccessOf(component: pulumi.ComponentResource): Promise<ClusterAccess> {
  const provider = component.getProvider("kubernetes:core/v1:Service");
  const settings = provider === undefined ? defaultProvider() : explicitProvider(provider);
  return (await knownValue<unknown>(settings)) as ClusterAccess;
}

/** How to reach a provider's cluster. A preview does not know it if one of the provider's arguments is unset. */
export function providerAccess(provider: pulumi.ProviderResource): pulumi.Output<ClusterAccess> {
  return pulumi.output(explicitProvider(provider)) as pulumi.Output<ClusterAccess>;
}

/** The value of an Output, or undefined if a preview does not know it. Rejects if the Output rejects. */
export async function settled<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  // Pulumi's serializer reads Outputs through these members, which their public type omits.
  const own = output as unknown as { readonly isKnown: Promise<boolean>; promise(): Promise<T> };
  const value = await own.promise();
  return (await own.isKnown) ? value : undefined;
}

function explicitProvider(provider: pulumi.ProviderResource): Record<string, unknown> {
  // A provider holds its arguments as Outputs, which its public type omits.
  const fields = provider as unknown as Record<string, unknown>;
  return Object.fromEntries(KEYS.map((key) => [key, fields[key]]));
}

function defaultProvider(): Record<string, unknown> {
  const config = new pulumi.Config("kubernetes");
  return Object.fromEntries(KEYS.map((key) => [key, config.getSecret(key)]));
}
