import { urlOf } from "../../service/address.ts";
import type { PortsRule, ServicePort } from "../../service/ports.ts";
import { Protocol } from "../../service/target.ts";

/** A load balancer whose address is known. */
export interface Front {
  /** The IP address or the DNS name. */
  readonly host: string;
  /** The ports that can be tried, with the URLs of HTTP ports. */
  readonly ports: readonly (Pick<ServicePort, "port"> & { readonly url?: string })[];
}

/** A load balancer with the ports that can be tried: its TCP ports, with the URLs of those that have one. */
export function frontOf(
  host: string,
  ports: readonly Pick<ServicePort, "name" | "port" | "protocol" | "appProtocol">[],
): Front {
  const tried = ports.filter(isTried).map((it) => {
    const url = urlOf(host, it);
    return url === undefined ? { port: it.port } : { port: it.port, url };
  });
  return { host, ports: tried };
}

/** The rule that `reachableWithinSeconds` needs a TCP port: no other protocol has a general check. */
export function reachableRule(seconds: number): PortsRule {
  const must = "must not be set: there is no TCP port, and other protocols cannot be checked";
  return (ports) =>
    seconds === 0 || ports.some(isTried)
      ? []
      : [{ path: "args.reachableWithinSeconds", value: seconds, must }];
}

function isTried({ protocol }: Pick<ServicePort, "protocol">): boolean {
  return protocol === Protocol.TCP;
}
