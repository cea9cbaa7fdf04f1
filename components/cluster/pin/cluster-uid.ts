import * as pulumi from "@pulumi/pulumi";
import { configSecrets } from "../../validation/secrets/config-secrets.ts";
import { withoutSecrets } from "../../validation/secrets/without-secrets.ts";
import { apiErrorText } from "../api-error.ts";
import { connect } from "../client.ts";
import { addressOf } from "./pinned-kubeconfig.ts";

const ANSWER_MILLISECONDS = 30_000;

/**
 * Asks the cluster behind a pinned kubeconfig for what it is known by, the uid of its namespace `kube-system`.
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
      `Cannot deploy stack "${pulumi.getStack()}" to the cluster at ${addressOf(kubeconfig).server}: it is unreachable or does not say which cluster it is, ` +
        `${apiErrorText(error)}; see that it runs and that the kubeconfig's user may read the namespace kube-system`,
    );
  }
}

/** What a cluster must be, and what says so. */
interface Claim {
  readonly uid: string | undefined;
  /** What says so, before the uid. */
  readonly by: string;
  /** The way out. */
  readonly fix: string;
}

/** What the stack's configuration says. */
export const stated = (uid: string | undefined): Claim => ({
  uid,
  by: "clusterUid is",
  fix: "point KUBECONFIG and the stack's context at that cluster, or correct clusterUid",
});

/** What the stack's state says. */
export const pinned = (uid: string | undefined): Claim => ({
  uid,
  by: "the stack belongs to the cluster where it is",
  fix:
    "point KUBECONFIG and the stack's context at that cluster, use another stack for this one, " +
    "or, where that cluster is gone, move the stack: docs/guide/clusters.md",
});

/**
 * Passes a cluster's uid on if it is the one that it must be.
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

/** An error whose text stays as it is: Pulumi prepends every property it was serializing, and prints the stack of a late one. */
function refusal(words: string): pulumi.RunError {
  const text = withoutSecrets(words, configSecrets());
  const error = new pulumi.RunError(text);
  error.stack = text;
  return Object.defineProperty(error, "message", { get: () => text, set: () => undefined });
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const late = new Error(`no answer within ${ANSWER_MILLISECONDS / 1000} s`);
    timer = setTimeout(() => reject(late), ANSWER_MILLISECONDS);
  });
  return Promise.race([answer, limit]).finally(() => clearTimeout(timer));
}
