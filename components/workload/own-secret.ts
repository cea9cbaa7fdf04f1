import { createHmac, randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks } from "../cluster/engine-hooks.ts";
import type { StringMap } from "../validation/string-map.ts";

/** The annotation of the Pods that changes with the Secret, so that the Pods are replaced. */
export const SECRET_DIGEST = "pulumi-kubernetes-services/secret-env";

const DIGEST_BYTES = 16;
const SALT_BYTES = 32;

/** The bytes of that annotation's key and value. */
export const DIGEST_BYTES_TOTAL = SECRET_DIGEST.length + 2 * DIGEST_BYTES;

/**
 * The `data` of a Secret, which Pulumi encrypts by default. `stringData` would leave removed keys behind.
 */
export function secretData(values: StringMap): Record<string, pulumi.Output<string>> {
  const entries = Object.entries(values).map(([key, value]) => {
    const encoded = pulumi.output(value).apply((text) => Buffer.from(text).toString("base64"));
    return [key, encoded] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * A random salt that stays the same after the first update, as a secret record in the stack's state. A preview before
 * the first update does not know it. Without an engine there is no state, and the salt is the name, which is not
 * secret.
 */
export function digestSalt(component: pulumi.ComponentResource, name: string) {
  if (!engineRunsHooks()) {
    return pulumi.output(name);
  }
  const salt = randomBytes(SALT_BYTES).toString("base64");
  const input = pulumi.runtime.isDryRun() ? (pulumi.unknown as unknown as string) : salt;
  // The new salt of every run is ignored: the first one stays.
  const options = {
    parent: component,
    ignoreChanges: ["input"],
    additionalSecretOutputs: ["output"],
  };
  const record = new pulumi.Stash(`${name}-secret-salt`, { input: pulumi.secret(input) }, options);
  return record.output as pulumi.Output<string>;
}

/**
 * The annotation of Pods that read a Secret; none if the Secret is empty. Users who may read Deployments but not
 * Secrets see the digest, but cannot test guesses without the salt.
 */
export function secretDigest(
  salt: pulumi.Input<string>,
  values: StringMap,
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
