import { type UrlPort, urlOf } from "../../service/address.ts";
import type { PortsRule } from "../../service/ports.ts";
import { Protocol } from "../../service/target.ts";

/** A port that can be tried. */
export interface TriedPort {
  readonly port: number;
  /** Its URL, if it is an HTTP port. */
  readonly url?: string;
}

/** A load balancer whose address is known. */
export interface Front {
  /** The IP address or the DNS name. */
  readonly host: string;
  readonly ports: readonly TriedPort[];
}

/** A load balancer with the ports that can be tried: its TCP ports, with the URLs of those that have one. */
export function frontOf(host: string, ports: readonly UrlPort[]): Front {
  const asked = ports.filter(isTried).map((it) => {
    const url = urlOf(host, it);
    return url === undefined ? { port: it.port } : { port: it.port, url };
  });
  return { host, ports: asked };
}

/** The rule that `reachableWithinSeconds` needs a TCP port: no other protocol has a general check. */
export function reachableRule(seconds: number): PortsRule {
  const must = "must not be set: there is no TCP port, and other protocols cannot be checked";
  return (ports) =>
    seconds === 0 || ports.some(isTried)
      ? []
      : [{ path: "args.reachableWithinSeconds", value: seconds, must }];
}

function isTried({ protocol }: Pick<UrlPort, "protocol">): boolean {
  return protocol === Protocol.TCP;
}
