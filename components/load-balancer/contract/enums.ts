/** The HTTP version that a TLS client is offered. */
export const AlpnPolicy = {
  /** Only HTTP/1.1 and HTTP/1.0. */
  HTTP1Only: "HTTP1Only",
  /** Only HTTP/2. */
  HTTP2Only: "HTTP2Only",
  /** Both, HTTP/1.1 first. */
  HTTP2Optional: "HTTP2Optional",
  /** Both, HTTP/2 first. */
  HTTP2Preferred: "HTTP2Preferred",
  /** No version is negotiated. */
  None: "None",
} as const;
/** The HTTP version that a TLS client is offered. */
export type AlpnPolicy = (typeof AlpnPolicy)[keyof typeof AlpnPolicy];

/** The protocol from the load balancer to the Pods behind a TLS port. */
export const BackendProtocol = {
  /** The decrypted bytes, unchanged. */
  Tcp: "Tcp",
  /** TLS, encrypted again. */
  Tls: "Tls",
  /** HTTP. The load balancer adds the client's address as a header. */
  Http: "Http",
  /** HTTPS, encrypted again. */
  Https: "Https",
} as const;
/** The protocol from the load balancer to the Pods behind a TLS port. */
export type BackendProtocol = (typeof BackendProtocol)[keyof typeof BackendProtocol];

/** The protocol of a health check. */
export const HealthCheckProtocol = {
  /** The check opens a connection. */
  Tcp: "Tcp",
  /** The check requests a path. */
  Http: "Http",
  /** The check requests a path over TLS. */
  Https: "Https",
} as const;
/** The protocol of a health check. */
export type HealthCheckProtocol = (typeof HealthCheckProtocol)[keyof typeof HealthCheckProtocol];

/** The targets of a load balancer. */
export const TargetType = {
  /** A node port on every node. */
  Instance: "Instance",
  /** The Pods. */
  Ip: "Ip",
} as const;
/** The targets of a load balancer. */
export type TargetType = (typeof TargetType)[keyof typeof TargetType];

/** To which zones a load balancer's DNS name resolves for a client. */
export const ZonalDns = {
  /** Any zone. */
  AnyZone: "AnyZone",
  /** Only the client's own zone, while it is healthy. */
  ZoneAffinity: "ZoneAffinity",
  /** Mostly the client's own zone. */
  PartialZoneAffinity: "PartialZoneAffinity",
} as const;
/** To which zones a load balancer's DNS name resolves for a client. */
export type ZonalDns = (typeof ZonalDns)[keyof typeof ZonalDns];
