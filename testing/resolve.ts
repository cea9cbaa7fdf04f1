import * as pulumi from "@pulumi/pulumi";
import { revealing, SEARCHED_CHARACTERS } from "../components/validation/secrets/revealing.ts";
import { lookInto } from "../components/validation/secrets/secret-inputs.ts";
import { SECRET_DIGEST } from "../components/workload/own-secret.ts";

/** The placeholder for a secret in manifests and outputs. */
export const SECRET = "<SECRET: NOT RENDERED>";

/** The placeholder for a value in manifests and outputs that only a real deployment knows. */
export const UNKNOWN = "<UNKNOWN UNTIL DEPLOYED>";

/**
 * Resolves every Output and Promise one by one, so that only secret or unknown values are replaced. A secret object or
 * list keeps its fields, such as those of a Secret, whose content Pulumi's class marks as secret. A resource becomes
 * its URN.
 */
export async function resolve(value: unknown, secret = false): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const { isKnown, isSecret, value: known } = await lookInto(value);
    return isKnown ? resolve(known, secret || isSecret) : UNKNOWN;
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

/**
 * Replaces strings, numbers and field names that reveal one of these secrets, plain or encoded. A program may read
 * secret configuration as plain text.
 */
export function withoutTexts(value: unknown, secrets: readonly string[]): unknown {
  const reveals = revealing(secrets);
  // A short secret may equal an ordinary field name.
  const namesReveal = revealing(secrets.filter(({ length }) => length >= SEARCHED_CHARACTERS));
  const without = (within: unknown): unknown => {
    if (typeof within === "string" || typeof within === "number") {
      return reveals(String(within)) ? SECRET : within;
    }
    if (Array.isArray(within)) {
      return within.map(without);
    }
    return typeof within === "object" && within !== null ? withoutIn(within) : within;
  };
  const withoutIn = (object: object) => {
    const fields = Object.entries(object).map(
      // Without a stack there is no secret salt, so the digest would confirm a guessed secret.
      ([key, field]) => [key, key === SECRET_DIGEST ? SECRET : without(field)] as const,
    );
    return Object.fromEntries(namesHidden(fields, namesReveal));
  };
  return without(value);
}

/** Fields with secret names under other names, which differ so that none is lost. */
function namesHidden(
  fields: readonly (readonly [string, unknown])[],
  isHidden: (name: string) => boolean,
) {
  let count = 0;
  return fields.map(([name, field]) => {
    if (!isHidden(name)) {
      return [name, field] as const;
    }
    count += 1;
    return [count === 1 ? SECRET : `${SECRET} ${count}`, field] as const;
  });
}
