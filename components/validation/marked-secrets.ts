import * as pulumi from "@pulumi/pulumi";
import { isLate, isRecord } from "./checks.ts";
import { configSecrets } from "./secrets/config-secrets.ts";
import { revealing, SEARCHED_CHARACTERS } from "./secrets/revealing.ts";

/**
 * Inputs in which each text and number that reveals secret configuration is marked as secret, so that Pulumi hides it, too.
 * A program may read secret configuration as plain, and Pulumi then knows nothing of it. Short secrets are left out: they
 * would mark much else.
 */
export function withMarkedSecrets<T>(inputs: T): T {
  const secrets = configSecrets().filter(({ length }) => length >= SEARCHED_CHARACTERS);
  return secrets.length === 0 ? inputs : (marked(inputs, revealing(secrets)) as T);
}

function marked(inputs: unknown, reveals: (text: string) => boolean): unknown {
  if (isLate(inputs)) {
    const late = pulumi.output(inputs) as pulumi.Output<unknown>;
    return late.apply((known) => marked(known, reveals));
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
