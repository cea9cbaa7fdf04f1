import { createHmac, randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks } from "../cluster/engine-hooks.ts";
import type { Texts } from "../validation/string-map.ts";

/** The Pods' annotation that changes with the Secret, so that they are replaced. */
export const SECRET_DIGEST = "pulumi-kubernetes-services/secret-env";

const DIGEST_BYTES = 16;
const SALT_BYTES = 32;

/** The bytes of that annotation, key and value. */
export const DIGEST_ROOM = SECRET_DIGEST.length + 2 * DIGEST_BYTES;

/**
 * The `data` of a Secret, which Pulumi keeps secret of itself. `stringData` would leave a key behind that is no longer
 * stated.
 */
export function secretData(values: Texts): Record<string, pulumi.Output<string>> {
  const entries = Object.entries(values).map(([key, value]) => {
    const encoded = pulumi.output(value).apply((text) => Buffer.from(text).toString("base64"));
    return [key, encoded] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * A random salt that stays the same from the first update on: a record in the stack's state, where it is secret. A preview
 * does not know it before. Where no engine runs there is no state, and the salt is the name, which everybody knows.
 */
export function digestSalt(component: pulumi.ComponentResource, name: string) {
  if (!engineRunsHooks()) {
    return pulumi.output(name);
  }
  const salt = randomBytes(SALT_BYTES).toString("base64");
  const input = pulumi.runtime.isDryRun() ? (pulumi.unknown as unknown as string) : salt;
  // What is new of it every time is ignored: the first one stays.
  const options = {
    parent: component,
    ignoreChanges: ["input"],
    additionalSecretOutputs: ["output"],
  };
  const record = new pulumi.Stash(`${name}-secret-salt`, { input: pulumi.secret(input) }, options);
  return record.output as pulumi.Output<string>;
}

/**
 * The annotation of Pods that read a Secret, none where there is nothing in it. Whoever may read Deployments but not
 * Secrets sees the digest, and without the salt can guess nothing by it.
 */
export function secretDigest(
  salt: pulumi.Input<string>,
  values: Texts,
): Record<string, pulumi.Output<string>> {
  if (Object.keys(values).length === 0) {
    return {};
  }
  const digest = pulumi.all([salt, pulumi.all(values)]).apply(([key, known]) => {
    const sorted = Object.entries(known).sort(([one], [other]) => (one < other ? -1 : 1));
    const hmac = createHmac("sha256", key).update(JSON.stringify(sorted));
    return hmac.digest("hex").slice(0, 2 * DIGEST_BYTES);
  });
  return { [SECRET_DIGEST]: pulumi.unsecret(digest) };
}
