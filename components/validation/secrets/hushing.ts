import type * as pulumi from "@pulumi/pulumi";
import { configSecrets } from "./config-secrets.ts";
import { secretStrings } from "./secret-inputs.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** The inputs of each component. */
const inputsOf = new WeakMap<pulumi.Resource, () => unknown>();

/**
 * Remembers the inputs of a component, so that messages about the component repeat no secret from them. They are read
 * when there is a message.
 */
export function keepQuiet(component: pulumi.Resource, inputs: () => unknown): void {
  inputsOf.set(component, inputs);
}

/**
 * Removes secrets from messages about a component: the secrets of the configuration and the secret inputs of the
 * component. For hooks of an update, in which all inputs are known.
 */
export async function hushing(component: pulumi.Resource): Promise<(text: string) => string> {
  const secrets = [...configSecrets(), ...(await secretStrings(inputsOf.get(component)?.()))];
  return (text) => withoutSecrets(text, secrets);
}
