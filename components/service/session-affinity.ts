import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "../validation/checks.ts";
import { integer, oneOf } from "../validation/rules.ts";

/** Whether a client's connections all go to the same Pod. */
export const SessionAffinity = {
  /** Each connection may go to any Pod. */
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
   * Seconds for which a client keeps its Pod after its last connection, from 1 to 86400. Only with `ClientIP`.
   *
   * @default - 10800, the API server's own default
   */
  readonly sessionAffinityTimeoutSeconds?: pulumi.Input<number>;
}

/** The affinity's fields in a Service's spec. */
export interface SessionAffinitySpec {
  readonly sessionAffinity?: SessionAffinity;
  readonly sessionAffinityConfig?: {
    readonly clientIP: { readonly timeoutSeconds: pulumi.Input<number> };
  };
}

/** A day, the API server's limit. */
const LONGEST_SECONDS = 86_400;

/** Reads the session affinity, which a controller's rule may limit. */
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
    checks.report(path, seconds, 'must not be set unless args.sessionAffinity is "ClientIP"');
    return {};
  }
  const timeoutSeconds = checks.input(path, seconds, integer(1, LONGEST_SECONDS));
  return { sessionAffinity, sessionAffinityConfig: { clientIP: { timeoutSeconds } } };
}
