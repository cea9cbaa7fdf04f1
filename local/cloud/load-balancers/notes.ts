import { shown } from "../../formats/fields.ts";
import { type Balancing, isOn } from "./balancing.ts";
import { carriedGroups } from "./haproxy-config.ts";

/** Says what of the load balancers is not carried, or otherwise than AWS does: a line each. */
export function notes(balancing: Balancing, addresses: ReadonlyMap<string, string>): string[] {
  const { balancers } = balancing;
  return [
    ...balancers
      .filter(({ arn }) => !addresses.has(arn))
      .map(({ name }) => `load balancer ${name} is not carried: no address is left`),
    ...balancers.flatMap(({ name, listeners }) =>
      listeners.flatMap(({ port, protocol }) => {
        const note = ofProtocol(protocol);
        return note === undefined ? [] : [`listener ${name}:${port} ${note}`];
      }),
    ),
    ...carriedGroups(balancing).flatMap((group) => [
      ...(isOn(group, "preserve_client_ip.enabled")
        ? [
            `target group ${group.name}: the targets see the address of the simulated network, not the client's, whatever preserve_client_ip.enabled says`,
          ]
        : []),
      ...group.targets
        .filter(({ address }) => address === undefined)
        .map(
          ({ id }) =>
            `target ${shown(id)} of ${group.name} gets nothing: no node of that id is known`,
        ),
    ]),
  ];
}

function ofProtocol(protocol: string): string | undefined {
  if (protocol === "TCP") return undefined;
  if (protocol === "TLS") {
    return "is not carried: it ends TLS, and the simulated AWS has no certificate to show";
  }
  if (protocol === "TCP_UDP") return "carries TCP alone, no UDP";
  return `is not carried: ${shown(protocol)} is not simulated`;
}
