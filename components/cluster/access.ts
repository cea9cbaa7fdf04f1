import * as pulumi from "@pulumi/pulumi";

/** What leads to the cluster of a component, as Pulumi's provider is told it. Never to be shown. */
export interface ClusterAccess {
  /** The path of a kubeconfig or its content; absent or empty, it is the one in the environment. */
  readonly kubeconfig?: string | undefined;
  /** The context of it; absent or empty, its current one. */
  readonly context?: string | undefined;
  /** The cluster of it, instead of the context's own. */
  readonly cluster?: string | undefined;
}

const KEYS = ["kubeconfig", "context", "cluster"] as const;

/** The value of something that is known by now, as everything is in a hook of an update. */
export function knownValue<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(input).apply(resolve);
  });
}

/**
 * What leads to the cluster a component's objects are in: its provider's arguments, or the configuration of the default
 * provider.
 */
export async function clusterAccessOf(component: pulumi.ComponentResource): Promise<ClusterAccess> {
  const provider = component.getProvider("kubernetes:core/v1:Service");
  const settings = provider === undefined ? defaultProvider() : explicitProvider(provider);
  return (await knownValue<unknown>(settings)) as ClusterAccess;
}

/** What leads to a provider's cluster. A preview does not know it where the provider leaves out one of its arguments. */
export function providerAccess(provider: pulumi.ProviderResource): pulumi.Output<ClusterAccess> {
  return pulumi.output(explicitProvider(provider)) as pulumi.Output<ClusterAccess>;
}

/** The value of an Output, or nothing where a preview does not know it. It fails as the Output does. */
export async function settled<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  // Of Pulumi's own, by which its serializer reads Outputs; its type leaves it out.
  const own = output as unknown as { readonly isKnown: Promise<boolean>; promise(): Promise<T> };
  const value = await own.promise();
  return (await own.isKnown) ? value : undefined;
}

function explicitProvider(provider: pulumi.ProviderResource): Record<string, unknown> {
  // A provider has its arguments as Outputs, which its type does not say.
  const fields = provider as unknown as Record<string, unknown>;
  return Object.fromEntries(KEYS.map((key) => [key, fields[key]]));
}

function defaultProvider(): Record<string, unknown> {
  const config = new pulumi.Config("kubernetes");
  return Object.fromEntries(KEYS.map((key) => [key, config.getSecret(key)]));
}
