import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Binds hooks to every object that a provider creates from now on, also inside components. It does not reach objects of
 * components that run in another process, such as a `v4` Helm Chart.
 */
export function hookEveryObject(provider: Provider, hooks: pulumi.ResourceHookBinding): void {
  pulumi.runtime.registerStackTransformation(({ opts, props, type }) => {
    const custom: pulumi.CustomResourceOptions = opts;
    const used = custom.provider ?? custom.parent?.getProvider(type);
    return used === provider && isObject(type) && custom.retainOnDelete !== true
      ? { props, opts: { ...opts, hooks: merged(opts.hooks ?? {}, hooks) } }
      : undefined;
  });
}

/** Deleting a patch resource only reverts fields of objects that others own. */
function isObject(type: string): boolean {
  return type.startsWith("kubernetes:") && !type.endsWith("Patch");
}

function merged(
  own: pulumi.ResourceHookBinding,
  more: pulumi.ResourceHookBinding,
): pulumi.ResourceHookBinding {
  const binding: Record<string, unknown[]> = {};
  for (const [when, hooks] of [...Object.entries(own), ...Object.entries(more)]) {
    binding[when] = [...(binding[when] ?? []), ...(hooks as unknown[])];
  }
  return binding;
}
