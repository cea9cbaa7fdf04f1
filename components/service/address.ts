import { isIPv6 } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { IpFamily } from "./ip-families.ts";

/** What an address is, which decides the DNS record it can have: A/AAAA for an ip, CNAME or alias for a hostname. */
export const AddressKind = {
  /** An IPv4 or IPv6 address. */
  Ip: "ip",
  /** A DNS name. */
  Hostname: "hostname",
} as const;
/** What an address is. */
export type AddressKind = (typeof AddressKind)[keyof typeof AddressKind];

/** Where something answers. */
export interface Address {
  /** The ip or the DNS name, without a port. */
  readonly host: string;
  /** Which of the two it is. */
  readonly kind: AddressKind;
}

/** One entry of `status.loadBalancer.ingress`. */
export interface Ingress {
  readonly ip?: string | undefined;
  readonly hostname?: string | undefined;
}

/**
 * The address that a controller has assigned: the hostname where there is one, the ip otherwise. Nothing assigned, or
 * something empty, is no address.
 */
export function assignedAddress(ingress: Ingress | undefined): Address | undefined {
  if (ingress?.hostname) {
    return { host: ingress.hostname, kind: AddressKind.Hostname };
  }
  return ingress?.ip ? { host: ingress.ip, kind: AddressKind.Ip } : undefined;
}

/**
 * Of several entries the one that stands for the load balancer: the first of the Service's primary family. Their own order
 * is no order: MetalLB writes two in another one when it looks at them again.
 */
export function mainIngress(
  ingress: readonly Ingress[] | undefined,
  primary: IpFamily = IpFamily.IPv4,
): Ingress | undefined {
  const ofPrimary = ({ ip }: Ingress) => ip && isIPv6(ip) === (primary === IpFamily.IPv6);
  return ingress?.find(ofPrimary) ?? ingress?.[0];
}

/**
 * A load balancer's address, field by field: the host stays unknown until one is assigned, while the kind is known
 * from the start, from the controller that will assign it.
 */
export function lateAddress(
  ingress: pulumi.Output<Ingress | undefined>,
  expected: AddressKind,
): pulumi.Output<Address> {
  const assigned = ingress.apply(assignedAddress);
  // A whole address would be as unknown as its host; a preview shows the expected kind instead.
  const kind = pulumi.runtime.isDryRun() ? expected : assigned.apply((it) => it?.kind ?? expected);
  const host = assigned.apply((it) => it?.host ?? (pulumi.unknown as unknown as string));
  return pulumi.output({ host, kind });
}

/** What decides whether a Service port has a URL, and which. */
export interface UrlPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string | undefined;
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/**
 * The URL of a port. Its `appProtocol` decides the scheme, without one port 443 is https and any other http; what is
 * neither, and what is not TCP, has no URL. The scheme's own port is left out.
 */
export function urlOf(host: string, port: UrlPort): string | undefined {
  const spoken = port.appProtocol ?? (port.port === HTTPS_PORT ? "https" : "http");
  if (port.protocol !== "TCP" || (spoken !== "http" && spoken !== "https")) {
    return undefined;
  }
  const own = port.port === (spoken === "https" ? HTTPS_PORT : HTTP_PORT);
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return `${spoken}://${bracketed}${own ? "" : `:${port.port}`}`;
}

/**
 * The URLs of the ports that have one, by port name. Each is as late as the host, while which ports have one is known
 * with the ports.
 */
export function urlsOf(
  host: pulumi.Input<string>,
  ports: readonly UrlPort[],
): Record<string, pulumi.Output<string>> {
  const spoken = ports.filter((port) => urlOf("host", port) !== undefined);
  return Object.fromEntries(
    spoken.map((port) => [port.name, pulumi.output(host).apply((it) => urlOf(it, port) ?? "")]),
  );
}
