import * as pulumi from "@pulumi/pulumi";
import { isDeferred, isRecord } from "./checks.ts";
import { configSecrets } from "./secrets/config-secrets.ts";
import { revealing, SEARCHED_CHARACTERS } from "./secrets/revealing.ts";

/**
 * Inputs in which each string and number that reveals secret configuration is marked as secret, so that Pulumi hides it
 * too. A program may read secret configuration as plain text, which Pulumi does not track. Short secrets are ignored,
 * because they would mark unrelated values.
 */
export function withMarkedSecrets<T>(inputs: T): T {
  const secrets = configSecrets().filter(({ length }) => length >= SEARCHED_CHARACTERS);
  return secrets.length === 0 ? inputs : (marked(inputs, revealing(secrets)) as T);
}

function marked(inputs: unknown, reveals: (text: string) => boolean): unknown {
  if (isDeferred(inputs)) {
    const deferred = pulumi.output(inputs) as pulumi.Output<unknown>;
    return deferred.apply((known) => marked(known, reveals));
  }
  if (typeof inputs === "string" || typeof inputs === "number") {
    return reveals(String(inputs)) ? pulumi.secret(inputs) : inputs;
  }
  if (Array.isArray(inputs)) {
    return inputs.map((item) => marked(item, reveals));
  }
  return isRecord(inputs) && !pulumi.Resource.isInstance(inputs)
    ? Object.fromEntries(Object.entries(inputs).map(([key, it]) => [key, marked(it, reveals)]))
    : inputs;
}
