import * as pulumi from "@pulumi/pulumi";
import { leavesOf } from "./config-secrets.ts";

/** An Output with what Pulumi's own serializer reads of it. */
type SerializableOutput = pulumi.Output<unknown> & {
  readonly isKnown: Promise<boolean>;
  promise(withUnknowns?: boolean): Promise<unknown>;
};

/** What is known of an Output. */
export interface Seen {
  /** Its value, in which parts may be unknown. */
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
}

/** Looks into an Output, also where a preview does not know it: what waits for its value would wait for ever then. */
export async function lookInto(output: pulumi.Output<unknown>): Promise<Seen> {
  const late = output as SerializableOutput;
  return {
    value: await late.promise(true),
    isKnown: await late.isKnown,
    isSecret: await pulumi.isSecret(late),
  };
}

/** The texts and numbers in inputs that Pulumi knows as secret. */
export async function secretTexts(inputs: unknown, secret = false): Promise<readonly string[]> {
  if (pulumi.Output.isInstance(inputs)) {
    const { isKnown, isSecret, value } = await lookInto(inputs);
    return isKnown ? secretTexts(value, secret || isSecret) : [];
  }
  if (inputs instanceof Promise) {
    return secretTexts(await inputs, secret);
  }
  if (typeof inputs === "string" || typeof inputs === "number") {
    return secret ? leavesOf(String(inputs)) : [];
  }
  if (typeof inputs !== "object" || inputs === null || pulumi.Resource.isInstance(inputs)) {
    return [];
  }
  const found = Object.values(inputs).map((field) => secretTexts(field, secret));
  return (await Promise.all(found)).flat();
}
