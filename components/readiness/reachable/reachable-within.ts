import type { Checks } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";

/** Whether and how long to wait for an answer of the load balancer. */
export interface ReachableWithinArgs {
  /**
   * Seconds within which the load balancer has to answer the machine on which `pulumi` runs. 0 does not wait. The time
   * begins when the controller has reconciled the Service, and includes the start of Pods and the propagation of DNS
   * names. Clouds may need minutes: 300 to 600 is a good value.
   *
   * The load balancer answers when its name resolves on that machine and each TCP port answers at each address of the
   * name (only the IPv4 addresses, if there are any):
   *
   * - A port with one of the `urls` answers a request for `/`. Any answer counts, HTTP or not, except the statuses 502,
   *   503 and 504, which proxies send for servers that do not answer. Certificates are not verified, because they are
   *   for your own names and not for the load balancer's. Redirects are not followed, and proxies of the environment
   *   are not used.
   * - Any other port accepts a connection and keeps it open for a second, or sends data. That is weaker evidence: a
   *   load balancer may accept connections before it has a target, and keep them while it searches for one.
   *
   * UDP and SCTP ports are not checked; without a TCP port the argument is rejected. The source ranges and security
   * groups must admit the machine. An internal load balancer answers only inside its network.
   *
   * If it does not answer, the update fails with the last failures, and so does every later update until it answers.
   * After that it is checked again only if its address, its ports or another field on which its controller acts
   * changes.
   *
   * @default 0
   */
  readonly reachableWithinSeconds?: number;
}

/** Reads how long to wait for an answer of the load balancer. */
export function readReachableWithin(checks: Checks, args: ReachableWithinArgs): number {
  const { reachableWithinSeconds = 0 } = args;
  return checks.plain("args.reachableWithinSeconds", reachableWithinSeconds, integer(0));
}
