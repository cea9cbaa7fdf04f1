import { scryptSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { Texts } from "../texts.ts";

/** The Pods' annotation that changes with the Secret, so that they are replaced. */
const ANNOTATION = "pulumi-kubernetes-services/secret-env";

const DIGEST_BYTES = 16;

/** The bytes of that annotation, key and value. */
export const DIGEST_ROOM = ANNOTATION.length + 2 * DIGEST_BYTES;

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
 * The annotation of Pods that read a Secret, none where there is nothing in it. Whoever may read Deployments but not
 * Secrets sees the digest, so it is a slow one: guessing passwords by it is dear. It is salted by what is told apart.
 */
export function secretDigest(salt: string, values: Texts): Record<string, pulumi.Output<string>> {
  if (Object.keys(values).length === 0) {
    return {};
  }
  const digest = pulumi.all(values).apply((known) => {
    const sorted = Object.entries(known).sort(([one], [other]) => (one < other ? -1 : 1));
    return scryptSync(JSON.stringify(sorted), salt, DIGEST_BYTES).toString("hex");
  });
  return { [ANNOTATION]: pulumi.unsecret(digest) };
}
