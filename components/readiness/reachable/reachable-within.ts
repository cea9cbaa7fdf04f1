import type { Checks } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";

/** Whether and for how long a load balancer is asked until it answers. */
export interface ReachableWithinArgs {
  /**
   * Seconds within which the load balancer has to answer the machine on which `pulumi` runs. 0 does not ask. They begin
   * when the controller has carried out the Service; Pods that are still starting, and names that are still being spread,
   * use them up. Clouds may need some minutes: 300 to 600 is a good value.
   *
   * It answers when its name is found as every program on that machine finds names, and each TCP port answers at each
   * address of the name (of the IPv4 ones, where there are some):
   *
   * - a port that has one of the `urls` answers a request for `/`. Any answer counts, in HTTP or not, but the statuses 502,
   *   503 and 504, which proxies give for servers that do not answer. Certificates are not verified, for they are for your
   *   own names and not for the load balancer's; nor are redirects followed, nor proxies of the environment used.
   * - any other accepts a connection and leaves it open for a second, or sends something. That is weaker: a load balancer
   *   may accept connections before it has a target, and keep them while it looks for one.
   *
   * UDP and SCTP ports are not asked; without a TCP port there is nothing to ask, and the argument is refused. Its source
   * ranges and security groups have to let the machine in. An internal load balancer answers only inside its network.
   *
   * What does not answer fails the update with the last answers, and every later one as long as it does not. Once it has
   * answered it is asked again only when its address, its ports or something else changes that its controller acts on.
   *
   * @default 0
   */
  readonly reachableWithinSeconds?: number;
}

/** Reads for how long a load balancer is asked. */
export function readReachableWithin(checks: Checks, args: ReachableWithinArgs): number {
  const { reachableWithinSeconds = 0 } = args;
  return checks.plain("args.reachableWithinSeconds", reachableWithinSeconds, integer(0));
}
