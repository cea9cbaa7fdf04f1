/** Which version of HTTP a TLS client is offered. */
export const AlpnPolicy = {
  /** HTTP/1.1 and 1.0 alone. */
  HTTP1Only: "HTTP1Only",
  /** HTTP/2 alone. */
  HTTP2Only: "HTTP2Only",
  /** Both, HTTP/1.1 first. */
  HTTP2Optional: "HTTP2Optional",
  /** Both, HTTP/2 first. */
  HTTP2Preferred: "HTTP2Preferred",
  /** None is negotiated. */
  None: "None",
} as const;
/** Which version of HTTP a TLS client is offered. */
export type AlpnPolicy = (typeof AlpnPolicy)[keyof typeof AlpnPolicy];

/** What a load balancer speaks to the Pods behind a port that takes TLS. */
export const BackendProtocol = {
  /** What was inside TLS, as it is. */
  Tcp: "Tcp",
  /** TLS again. */
  Tls: "Tls",
  /** HTTP, which the load balancer reads: it adds the client's address as a header. */
  Http: "Http",
  /** HTTP inside TLS again. */
  Https: "Https",
} as const;
/** What a load balancer speaks to the Pods behind a port that takes TLS. */
export type BackendProtocol = (typeof BackendProtocol)[keyof typeof BackendProtocol];

/** What a health check speaks. */
export const HealthCheckProtocol = {
  /** It connects. */
  Tcp: "Tcp",
  /** It asks for a path. */
  Http: "Http",
  /** It asks for a path inside TLS. */
  Https: "Https",
} as const;
/** What a health check speaks. */
export type HealthCheckProtocol = (typeof HealthCheckProtocol)[keyof typeof HealthCheckProtocol];

/** What a load balancer sends traffic to. */
export const TargetType = {
  /** To a port of every node. */
  Instance: "Instance",
  /** To the Pods. */
  Ip: "Ip",
} as const;
/** What a load balancer sends traffic to. */
export type TargetType = (typeof TargetType)[keyof typeof TargetType];

/** To which zones a load balancer's DNS name leads a client. */
export const ZonalDns = {
  /** To any. */
  AnyZone: "AnyZone",
  /** To the client's own alone, while it is healthy. */
  OwnZone: "OwnZone",
  /** Mostly to the client's own. */
  MostlyOwnZone: "MostlyOwnZone",
} as const;
/** To which zones a load balancer's DNS name leads a client. */
export type ZonalDns = (typeof ZonalDns)[keyof typeof ZonalDns];
