import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "../validation/checks.ts";
import { integer, oneOf } from "../validation/rules.ts";

/** Whether a client's connections all go to the same Pod. */
export const SessionAffinity = {
  /** Each connection goes to any Pod. */
  None: "None",
  /** The connections from one address go to one Pod while it is ready. */
  ClientIP: "ClientIP",
} as const;
/** Whether a client's connections all go to the same Pod. */
export type SessionAffinity = (typeof SessionAffinity)[keyof typeof SessionAffinity];

/** Whether a client keeps its Pod. */
export interface SessionAffinityArgs {
  /**
   * Whether a client's connections all go to the same Pod.
   *
   * @default SessionAffinity.None
   * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity
   */
  readonly sessionAffinity?: SessionAffinity;
  /**
   * Seconds after its last connection in which a client keeps its Pod, from 1 to 86400. With `ClientIP` alone.
   *
   * @default - 10800, the API server's own default
   */
  readonly sessionAffinityTimeoutSeconds?: pulumi.Input<number>;
}

/** The fields of a Service's spec for it. */
export interface SessionAffinitySpec {
  readonly sessionAffinity?: SessionAffinity;
  readonly sessionAffinityConfig?: {
    readonly clientIP: { readonly timeoutSeconds: pulumi.Input<number> };
  };
}

/** A day, the API server's limit. */
const LONGEST_SECONDS = 86_400;

/** Reads whether a client keeps its Pod, where a rule may say what cannot be had. */
export function readSessionAffinity(
  checks: Checks,
  { sessionAffinity, sessionAffinityTimeoutSeconds: seconds }: SessionAffinityArgs,
  possible: Rule = () => undefined,
): SessionAffinitySpec {
  const path = "args.sessionAffinityTimeoutSeconds";
  if (sessionAffinity !== undefined) {
    checks.plain(
      "args.sessionAffinity",
      sessionAffinity,
      (value) => oneOf(SessionAffinity)(value) ?? possible(value),
    );
  }
  if (seconds === undefined) {
    return sessionAffinity === undefined ? {} : { sessionAffinity };
  }
  if (sessionAffinity !== SessionAffinity.ClientIP) {
    checks.report(path, seconds, 'must be left out unless args.sessionAffinity is "ClientIP"');
    return {};
  }
  const timeoutSeconds = checks.input(path, seconds, integer(1, LONGEST_SECONDS));
  return { sessionAffinity, sessionAffinityConfig: { clientIP: { timeoutSeconds } } };
}
