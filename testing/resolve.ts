import * as pulumi from "@pulumi/pulumi";

/** What stands in manifests and outputs in place of a secret. */
export const SECRET = "<SECRET: NOT RENDERED>";

/** What stands in manifests and outputs in place of a value that only a real deployment knows. */
export const UNKNOWN = "<UNKNOWN UNTIL DEPLOYED>";

/** Shortest secret that is also looked for inside longer texts: a shorter one would be found everywhere by chance. */
const SEARCHED_SECRET_CHARACTERS = 6;

/** An Output with what Pulumi's own serializer reads of it. */
type SerializableOutput = pulumi.Output<unknown> & {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
};

/**
 * Resolves every Output and Promise, one by one, so that only what is secret or unknown is replaced. Of a secret object
 * or list the fields stay, as those of a Secret, whose content Pulumi's class marks as secret. Of a resource only its
 * URN is left.
 */
export async function resolve(value: unknown, secret = false): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const late = value as SerializableOutput;
    const hidden = secret || (await pulumi.isSecret(late));
    return (await late.isKnown) ? resolve(await late.promise(), hidden) : UNKNOWN;
  }
  if (value instanceof Promise) {
    return resolve(await value, secret);
  }
  if (pulumi.Resource.isInstance(value)) {
    return resolve(value.urn);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item) => resolve(item, secret)));
  }
  if (typeof value !== "object" || value === null) {
    return secret && value !== undefined ? SECRET : value;
  }
  const fields = await Promise.all(
    Object.entries(value).map(async ([key, field]) => [key, await resolve(field, secret)] as const),
  );
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

/** Replaces every text that is or contains one of the given ones: a program may read secret configuration as plain. */
export function withoutTexts(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") {
    const found = secrets.some(
      (secret) =>
        value === secret || (secret.length >= SEARCHED_SECRET_CHARACTERS && value.includes(secret)),
    );
    return found ? SECRET : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withoutTexts(item, secrets));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, withoutTexts(field, secrets)]),
  );
}
