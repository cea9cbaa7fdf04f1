import { isIPv6 } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { AddressKind } from "../cluster/address-kind.ts";
import { IpFamily } from "./ip-families.ts";
import type { ServicePort } from "./ports.ts";

/** An address that clients connect to. */
export interface Address {
  /** The IP address or the DNS name, without a port. */
  readonly host: string;
  /** Whether `host` is an IP address or a DNS name. */
  readonly kind: AddressKind;
}

/** One entry of `status.loadBalancer.ingress`. */
export interface Ingress {
  readonly ip?: string | undefined;
  readonly hostname?: string | undefined;
}

/**
 * The address that a controller has assigned: the hostname if there is one, otherwise the IP. Undefined if none is
 * assigned or it is empty.
 */
export function assignedAddress(ingress: Ingress | undefined): Address | undefined {
  if (ingress?.hostname) {
    return { host: ingress.hostname, kind: AddressKind.Hostname };
  }
  return ingress?.ip ? { host: ingress.ip, kind: AddressKind.Ip } : undefined;
}

/**
 * The entry that represents the load balancer: the first one of the Service's primary address family. The order of the
 * entries means nothing: MetalLB may swap them when it reconciles.
 */
export function mainIngress(
  ingress: readonly Ingress[] | undefined,
  primary: IpFamily = IpFamily.IPv4,
): Ingress | undefined {
  const ofPrimary = ({ ip }: Ingress) => ip && isIPv6(ip) === (primary === IpFamily.IPv6);
  return ingress?.find(ofPrimary) ?? ingress?.[0];
}

/**
 * A load balancer's address, field by field. The host is unknown until the controller assigns one. The kind is known
 * from the start, because it follows from the controller.
 */
export function deferredAddress(
  ingress: pulumi.Output<Ingress | undefined>,
  expected: AddressKind,
): pulumi.Output<Address> {
  const assigned = ingress.apply(assignedAddress);
  // A whole address would be as unknown as its host; a preview shows the expected kind instead.
  const kind = pulumi.runtime.isDryRun() ? expected : assigned.apply((it) => it?.kind ?? expected);
  const host = assigned.apply((it) => it?.host ?? (pulumi.unknown as unknown as string));
  return pulumi.output({ host, kind });
}

/** The ports that IANA has assigned to a scheme, the scheme's default first. */
const SCHEME_PORTS = { http: [80, 8080], https: [443, 8443] } as const;

type Scheme = keyof typeof SCHEME_PORTS;

/**
 * The URL of a port that is known to be HTTP: by its `appProtocol`; without one, by its name `http`, `https`, `http-…`
 * or `https-…`, or by its number 80, 8080, 443 or 8443. Any other port has no URL. The scheme's default port is omitted.
 */
export function urlOf(
  host: string,
  port: Pick<ServicePort, "name" | "port" | "protocol" | "appProtocol">,
): string | undefined {
  const scheme = port.protocol === "TCP" ? schemeOf(port) : undefined;
  if (scheme === undefined) return undefined;
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return `${scheme}://${bracketed}${port.port === SCHEME_PORTS[scheme][0] ? "" : `:${port.port}`}`;
}

function schemeOf({
  appProtocol,
  name,
  port,
}: Pick<ServicePort, "name" | "port" | "appProtocol">): Scheme | undefined {
  const schemes = Object.keys(SCHEME_PORTS) as Scheme[];
  if (appProtocol !== undefined) return schemes.find((scheme) => scheme === appProtocol);
  const byName = schemes.find((scheme) => name === scheme || name.startsWith(`${scheme}-`));
  // A port that is called http and listens on 443 has been https so far, and mostly is.
  const byNumber = schemes.find((scheme) => SCHEME_PORTS[scheme].some((known) => known === port));
  return byNumber ?? byName;
}

/**
 * The URLs of the HTTP ports, by port name. A URL is known when the host is; the set of ports is known from the start.
 */
export function urlsOf(
  host: pulumi.Input<string>,
  ports: readonly Pick<ServicePort, "name" | "port" | "protocol" | "appProtocol">[],
): Record<string, pulumi.Output<string>> {
  const http = ports.filter((port) => urlOf("host", port) !== undefined);
  return Object.fromEntries(
    http.map((port) => [port.name, pulumi.output(host).apply((it) => urlOf(it, port) ?? "")]),
  );
}
