import * as pulumi from "@pulumi/pulumi";
import { leavesOf } from "./config-secrets.ts";

/** An Output with the members that Pulumi's serializer uses. */
type SerializableOutput = pulumi.Output<unknown> & {
  readonly isKnown: Promise<boolean>;
  promise(withUnknowns?: boolean): Promise<unknown>;
};

/** What is known about an Output. */
export interface Seen {
  /** The value, in which parts may be unknown. */
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
}

/** Reads an Output even if a preview does not know it: waiting for its value would never end. */
export async function lookInto(output: pulumi.Output<unknown>): Promise<Seen> {
  const deferred = output as SerializableOutput;
  return {
    value: await deferred.promise(true),
    isKnown: await deferred.isKnown,
    isSecret: await pulumi.isSecret(deferred),
  };
}

/** The strings and numbers in inputs that Pulumi marks as secret. */
export async function secretStrings(inputs: unknown, secret = false): Promise<readonly string[]> {
  if (pulumi.Output.isInstance(inputs)) {
    const { isKnown, isSecret, value } = await lookInto(inputs);
    return isKnown ? secretStrings(value, secret || isSecret) : [];
  }
  if (inputs instanceof Promise) {
    return secretStrings(await inputs, secret);
  }
  if (typeof inputs === "string" || typeof inputs === "number") {
    return secret ? leavesOf(String(inputs)) : [];
  }
  if (typeof inputs !== "object" || inputs === null || pulumi.Resource.isInstance(inputs)) {
    return [];
  }
  const found = Object.values(inputs).map((field) => secretStrings(field, secret));
  return (await Promise.all(found)).flat();
}
