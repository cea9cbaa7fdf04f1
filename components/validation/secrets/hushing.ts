import type * as pulumi from "@pulumi/pulumi";
import { configSecrets } from "./config-secrets.ts";
import { secretTexts } from "./secret-inputs.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** What components are made of, by component. */
const inputsOf = new WeakMap<pulumi.Resource, () => unknown>();

/**
 * Remembers what a component is made of, so that nothing secret of it is repeated by what is said of the component. It is
 * looked at when there is something to say.
 */
export function keepQuiet(component: pulumi.Resource, inputs: () => unknown): void {
  inputsOf.set(component, inputs);
}

/**
 * Takes secrets out of what is said of a component, by us or by the cluster: those of the configuration, and what Pulumi
 * knows as secret of that which the component is made of. For hooks of an update, in which everything is known.
 */
export async function hushing(component: pulumi.Resource): Promise<(text: string) => string> {
  const secrets = [...configSecrets(), ...(await secretTexts(inputsOf.get(component)?.()))];
  return (text) => withoutSecrets(text, secrets);
}
