import type { LivePort } from "./node-ports.ts";

/** A Service as the controller reads it. */
export interface LiveService {
  readonly annotations: Readonly<Record<string, string | undefined>>;
  readonly ports: readonly LivePort[];
}

/** What the controller makes of a number. */
export interface Listener {
  readonly protocol: string;
  readonly certificates: readonly string[];
  readonly idleTimeout: string | undefined;
  /** The port of all its targets: of the nodes, or of the Pods. */
  readonly targetPort: number | undefined;
  readonly toPods: boolean;
  /** The port of all its targets that health checks connect to over TCP. */
  readonly checkedPort: number | undefined;
}

const SOURCE = "service.beta.kubernetes.io/aws-load-balancer-";

/**
 * The listeners that the AWS Load Balancer Controller makes of a Service, by their numbers. It is a model of these sources,
 * each read at version 3.5:
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_build_listener.go
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_build_target_group.go
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/k8s/service_utils.go
 */
export function listenersOf(service: LiveService): ReadonlyMap<number, Listener> {
  const told = (name: string) => service.annotations[`${SOURCE}${name}`];
  const listed = (name: string) => (told(name) ?? "").split(",").filter((it) => it !== "");
  const certificates = listed("ssl-cert");
  const tlsPorts = listed("ssl-ports");
  // `shouldUseTCPUDP`: the annotation alone turns it on, where the feature gate is off as it is by default.
  const merges = told("enable-tcp-udp-listener") === "true";
  const listeners = new Map<number, Listener>();
  for (const port of service.ports) {
    const sameNumber = service.ports.filter(({ port: number }) => number === port.port);
    // `buildListenersWithTCPUDPSupport`: two ports of a number are one listener, made of the first.
    const isMerged = merges && sameNumber.length > 1;
    if (isMerged && listeners.has(port.port)) {
      continue;
    }
    const protocol = isMerged ? "TCP_UDP" : port.protocol;
    // `buildListenerSpec`: neither UDP nor TCP_UDP ends TLS, and without `ssl-ports` all others do.
    const isTls =
      protocol === "TCP" &&
      certificates.length > 0 &&
      (tlsPorts.length === 0 ||
        tlsPorts.includes(port.name) ||
        tlsPorts.includes(String(port.port)));
    const listenerProtocol = isTls ? "TLS" : protocol;
    // `buildTargetType`: Pods where the annotation says so, nodes otherwise.
    const toPods = told("nlb-target-type") === "ip";
    // `LookupServicePort`: targets are those of the first port that has the number.
    const [first = port] = sameNumber;
    // `listenerResID` is the number: of two listeners of a number, the one that comes last is there.
    listeners.set(port.port, {
      protocol: listenerProtocol,
      certificates: isTls ? certificates : [],
      // `buildListenerAttributes` looks for the listener's own protocol; of TLS none is sent (`areListenerAttributesSupported`).
      idleTimeout: isTls ? undefined : told(`listener-attributes.${listenerProtocol}-${port.port}`),
      targetPort: toPods ? first.targetPort : first.nodePort,
      toPods,
      checkedPort: checkedPort(service, told("healthcheck-port"), toPods, first),
    });
  }
  return listeners;
}

/** `buildTargetGroupHealthCheckPort`: the port itself, a number, or the port of the Service that has the name. */
function checkedPort(
  { ports }: LiveService,
  said = "traffic-port",
  toPods: boolean,
  first: LivePort,
): number | undefined {
  if (/^\d+$/.test(said)) {
    return Number(said);
  }
  const port = said === "traffic-port" ? first : ports.find(({ name }) => name === said);
  return toPods ? port?.targetPort : port?.nodePort;
}

/** What a program asks of a port. */
export interface AskedPort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  readonly targetPort: number;
  readonly tls: boolean;
}

/** What is asked and not carried out. Nothing where all is. */
export function lostOf(
  service: LiveService,
  ports: readonly AskedPort[],
  idleTimeoutSeconds?: number,
): readonly string[] {
  const listeners = listenersOf(service);
  const lost = ports.flatMap((asked) => {
    const where = `${asked.protocol} ${asked.port}`;
    const listener = listeners.get(asked.port);
    return [
      ...(asked.tls && (listener?.protocol !== "TLS" || listener.certificates.length === 0)
        ? [`TLS of ${where}`]
        : []),
      ...(reached(service, listener, asked.protocol) === asked.targetPort
        ? []
        : [`traffic of ${where}`]),
      ...(isHealthy(service, listener) ? [] : [`health of ${where}`]),
    ];
  });
  return [...lost, ...lostTimeouts(listeners, idleTimeoutSeconds)];
}

/** The container port that a connection to a listener gets to. */
function reached(
  service: LiveService,
  listener: Listener | undefined,
  protocol: "TCP" | "UDP",
): number | undefined {
  const taken = protocol === "TCP" ? ["TCP", "TCP_UDP", "TLS"] : ["UDP", "TCP_UDP"];
  if (listener === undefined || !taken.includes(listener.protocol)) {
    return undefined;
  }
  if (listener.toPods) {
    return listener.targetPort;
  }
  // kube-proxy on the node knows ports of nodes by number and protocol.
  const behind = service.ports.find(
    (port) => port.nodePort === listener.targetPort && port.protocol === protocol,
  );
  return listener.targetPort === undefined ? undefined : behind?.targetPort;
}

/** Whether the health check, which is by TCP, gets an answer: the Pods listen at each of their ports. */
function isHealthy({ ports }: LiveService, listener: Listener | undefined): boolean {
  return ports.some(
    ({ nodePort, protocol, targetPort }) =>
      protocol === "TCP" && (listener?.toPods ? targetPort : nodePort) === listener?.checkedPort,
  );
}

/** Every listener that does not end TLS has it, and one has it at all. */
function lostTimeouts(
  listeners: ReadonlyMap<number, Listener>,
  seconds: number | undefined,
): readonly string[] {
  if (seconds === undefined) {
    return [];
  }
  const open = [...listeners].filter(([, { protocol }]) => protocol !== "TLS");
  // AWS has the attribute for TCP and TCP_UDP.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
  const without = open.filter(
    ([, { idleTimeout, protocol }]) =>
      protocol === "UDP" || idleTimeout !== `tcp.idle_timeout.seconds=${seconds}`,
  );
  return open.length === 0 || without.length > 0 ? ["idle timeout"] : [];
}
