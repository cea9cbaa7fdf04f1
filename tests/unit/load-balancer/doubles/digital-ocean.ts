/** A port of a Service as the controller reads it. */
export interface LivePort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

const key = (name: string): string => `service.beta.kubernetes.io/do-loadbalancer-${name}`;

/**
 * The forwarding rules that DigitalOcean's controller asks the cloud for, as `entry:port>target`.
 *
 * @see https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/master/cloud-controller-manager/do/loadbalancers.go (read at 0.1.68)
 */
export function forwardingRules(
  annotations: Readonly<Record<string, string | undefined>>,
  ports: readonly LivePort[],
): readonly string[] {
  // `buildRegionalNetworkForwardingRule`: that type looks at the ports alone.
  if (annotations[key("type")] === "REGIONAL_NETWORK") {
    return ports.map(({ port, protocol }) => rule(protocol.toLowerCase(), port));
  }
  // `getProtocol`: what is said once is the default of every port.
  const standard = annotations[key("protocol")] ?? "tcp";
  const listed = (name: string) => (annotations[key(name)] ?? "").split(",").filter(Boolean);
  // `buildForwardingRules`: with a certificate and no ports for it, 443 takes it.
  const secure =
    annotations[key("certificate-name")] !== undefined && listed("tls-ports").length === 0
      ? ["443"]
      : listed("tls-ports");
  return ports.map(({ port, protocol }) => {
    if (protocol === "UDP") {
      return rule("udp", port);
    }
    if (secure.includes(String(port))) {
      // `buildTLSForwardingRule`: what comes out of TLS is HTTP.
      return rule("https", port, "http");
    }
    return rule(listed("http-ports").includes(String(port)) ? "http" : standard, port);
  });
}

function rule(entry: string, port: number, target = entry): string {
  return `${entry}:${port}>${target}`;
}
