import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../../testing/resolve.ts";

/** What stands in a decoded request around a value that the engine keeps secret. */
export interface SentSecret {
  readonly secret: unknown;
}

/** What a decoded request has where a secret is sent. */
export function sentSecret(secret: unknown): SentSecret {
  return { secret };
}

/**
 * Decodes what is sent to the engine: each secret and each unknown value is seen where it is marked, while Pulumi's own
 * reader would mark everything around it, too.
 */
export function decoded(sent: unknown): unknown {
  const { specialSecretSig, specialSigKey, unknownValue } = pulumi.runtime;
  if (sent === unknownValue) {
    return UNKNOWN;
  }
  if (Array.isArray(sent)) {
    return sent.map(decoded);
  }
  if (typeof sent !== "object" || sent === null) {
    return sent;
  }
  const fields = sent as Record<string, unknown>;
  return fields[specialSigKey] === specialSecretSig
    ? sentSecret(decoded(fields["value"]))
    : Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, decoded(value)]));
}
