type Settings = Readonly<Record<string, string>>;
type Annotations = Readonly<Record<string, string | undefined>>;

const PREFIX = "load-balancer.hetzner.cloud/";

/** What a cluster may say for all its load balancers, by the annotation that wins over it. */
const BY_CLUSTER = [
  "uses-proxyprotocol",
  "health-check-interval",
  "health-check-timeout",
  "health-check-retries",
  "algorithm-type",
];

/** What is a service's alone where it speaks HTTP. */
const OF_HTTP = [
  "http-timeout-idle",
  "http-certificates",
  "http-redirect-http",
  "http-sticky-sessions",
  "http-cookie-name",
];

/** What is a health check's alone where it speaks HTTP. */
const OF_HTTP_CHECK = ["health-check-http-path", "health-check-http-domain", "http-status-codes"];

/**
 * What a load balancer of Hetzner has after its controller has carried out a Service, of what it had before: what is sent
 * is changed, and what is not stays.
 *
 * @see https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/internal/hcops/load_balancer.go (`buildUpdateServiceOpts`, read at 1.31)
 * @see https://github.com/hetznercloud/hcloud-cloud-controller-manager/issues/876
 * @param cluster - what the cluster says for all (HCLOUD_LOAD_BALANCERS_…)
 */
export function carriedOut(
  before: Settings,
  annotations: Annotations,
  cluster: Settings,
): Settings {
  const told = (name: string) => annotations[`${PREFIX}${name}`];
  // Without a word it is TCP, each time anew.
  const protocol = told("protocol") ?? "tcp";
  const check = told("health-check-protocol") ?? protocol;
  const sent: Record<string, string> = { protocol, "health-check-protocol": check };
  const send = (name: string, value: string | undefined) => {
    if (value !== undefined) {
      sent[name] = value;
    }
  };
  send("name", told("name"));
  for (const name of BY_CLUSTER) {
    send(name, told(name) ?? cluster[name]);
  }
  for (const name of protocol === "tcp" ? [] : OF_HTTP) {
    send(name, told(name));
  }
  for (const name of check === "tcp" ? [] : OF_HTTP_CHECK) {
    send(name, told(name));
  }
  return { ...before, ...sent };
}

/** What of it counts: that of HTTP says nothing where there is none. */
export function inEffect(settings: Settings): Settings {
  const ofNothing = [
    ...(settings["protocol"] === "tcp" ? OF_HTTP : []),
    ...(settings["health-check-protocol"] === "tcp" ? OF_HTTP_CHECK : []),
  ];
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !ofNothing.includes(name)));
}
