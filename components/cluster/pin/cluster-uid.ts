import * as pulumi from "@pulumi/pulumi";
import { configSecrets } from "../../validation/secrets/config-secrets.ts";
import { withoutSecrets } from "../../validation/secrets/without-secrets.ts";
import { apiErrorText } from "../api-error.ts";
import { connect } from "../client.ts";
import { addressOf } from "./pinned-kubeconfig.ts";

const ANSWER_MILLISECONDS = 30_000;

/**
 * Reads the uid of the namespace `kube-system`, which identifies the cluster behind a pinned kubeconfig.
 *
 * @throws pulumi.RunError if it does not answer
 */
export async function clusterUidOf(kubeconfig: string): Promise<string> {
  try {
    const { core } = await connect({ kubeconfig });
    const system = await inTime(core.readNamespace({ name: "kube-system" }));
    const uid = system.metadata?.uid;
    if (uid) return uid;
    throw new Error("its namespace kube-system has no uid");
  } catch (error) {
    throw refusal(
      `Cannot deploy stack "${pulumi.getStack()}" to the cluster at ${addressOf(kubeconfig).server}: it is unreachable or its namespace kube-system cannot be read, ` +
        `${apiErrorText(error)}; check that it runs and that the kubeconfig's user may read the namespace kube-system`,
    );
  }
}

/** The uid that a cluster must have, and its source. */
interface Claim {
  readonly uid: string | undefined;
  /** The source, as the words before the uid. */
  readonly by: string;
  /** What the user can do. */
  readonly fix: string;
}

/** The uid in the stack's configuration. */
export const stated = (uid: string | undefined): Claim => ({
  uid,
  by: "clusterUid is",
  fix: "point KUBECONFIG and the stack's context at that cluster, or correct clusterUid",
});

/** The uid in the stack's state. */
export const pinned = (uid: string | undefined): Claim => ({
  uid,
  by: "the stack belongs to the cluster where it is",
  fix:
    "point KUBECONFIG and the stack's context at that cluster, use another stack for this one, " +
    "or, where that cluster is gone, move the stack: docs/guide/clusters.md",
});

/**
 * Returns a cluster's uid if it is the required one.
 *
 * @throws pulumi.RunError if it is another one
 */
export function checkUid(found: string, { by, fix, uid }: Claim): string {
  if (uid === undefined || uid === found) return found;
  throw refusal(
    `Cannot deploy stack "${pulumi.getStack()}" to this cluster: its namespace kube-system has the uid ${found}, ` +
      `but ${by} ${JSON.stringify(uid)}; ${fix}`,
  );
}

/**
 * An error whose message stays unchanged: Pulumi otherwise prepends every property that it was serializing, and prints
 * the stack trace of an Output's error.
 */
function refusal(words: string): pulumi.RunError {
  const text = withoutSecrets(words, configSecrets());
  const error = new pulumi.RunError(text);
  error.stack = text;
  return Object.defineProperty(error, "message", { get: () => text, set: () => undefined });
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const timeout = new Error(`no answer within ${ANSWER_MILLISECONDS / 1000} s`);
    timer = setTimeout(() => reject(timeout), ANSWER_MILLISECONDS);
  });
  return Promise.race([answer, limit]).finally(() => clearTimeout(timer));
}
