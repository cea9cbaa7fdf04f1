import { type UrlPort, urlOf } from "../../service/address.ts";
import type { PortsRule } from "../../service/ports.ts";
import { Protocol } from "../../service/target.ts";

/** A port that can be asked whether it answers. */
export interface AskedPort {
  readonly port: number;
  /** Its URL, where it speaks HTTP. */
  readonly url?: string;
}

/** A load balancer whose address is known. */
export interface Front {
  /** The ip or the DNS name. */
  readonly host: string;
  readonly ports: readonly AskedPort[];
}

/** A load balancer, as far as it can be asked: its ports of TCP, those with a URL in HTTP. */
export function frontOf(host: string, ports: readonly UrlPort[]): Front {
  const asked = ports.filter(isAskable).map((it) => {
    const url = urlOf(host, it);
    return url === undefined ? { port: it.port } : { port: it.port, url };
  });
  return { host, ports: asked };
}

/** Refuses to wait for an answer of a load balancer where no port gives one without being asked in its own language. */
export function askable(seconds: number): PortsRule {
  const must = "must be left out, none of the ports is of TCP, and no other can be asked";
  return (ports) =>
    seconds === 0 || ports.some(isAskable)
      ? []
      : [{ path: "args.reachableWithinSeconds", value: seconds, must }];
}

function isAskable({ protocol }: Pick<UrlPort, "protocol">): boolean {
  return protocol === Protocol.TCP;
}
