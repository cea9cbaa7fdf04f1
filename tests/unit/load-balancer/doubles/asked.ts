import fc from "fast-check";
import type { Rendered } from "../../../../components/load-balancer/contract/dialect.ts";
import { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../../components/load-balancer/registry.ts";
import { Checks } from "../../../../components/validation/checks.ts";
import { InvalidArgsError } from "../../../../components/validation/errors.ts";
import { type AskedPort, lostOf } from "./aws-load-balancer-controller.ts";
import { type LivePort, NodePorts } from "./node-ports.ts";

/** What a program asks of the AWS Load Balancer Controller or of EKS Auto Mode, as far as its listeners go. */
export interface Asked {
  readonly controller: "AwsLoadBalancerController" | "EksAutoMode";
  readonly ports: readonly AskedPort[];
  readonly targetType: "Instance" | "Ip";
  readonly idleTimeoutSeconds?: number;
  /** Which of the TCP ports health checks are of; the last one where there are fewer. */
  readonly checked?: number;
}

const CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/one";

const port: fc.Arbitrary<AskedPort> = fc.record({
  port: fc.constantFrom(53, 80, 443),
  protocol: fc.constantFrom("TCP", "UDP"),
  targetPort: fc.constantFrom(5353, 8080),
  tls: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
});

/** Lists whose numbers collide often. The API server refuses a protocol twice at a number. */
const portLists = fc.uniqueArray(port, {
  minLength: 1,
  maxLength: 5,
  selector: (it) => `${it.protocol} ${it.port}`,
});

/** What may be asked, right or wrong. */
export const askedBy = (controller: fc.Arbitrary<Asked["controller"]>): fc.Arbitrary<Asked> =>
  fc.record(
    {
      controller,
      ports: portLists,
      targetType: fc.constantFrom("Instance", "Ip"),
      idleTimeoutSeconds: fc.constant(90),
      checked: fc.nat(4),
    },
    { requiredKeys: ["controller", "ports", "targetType"] },
  );

/** What the program states of a port. */
const nameOf = ({ port: number, protocol }: AskedPort) => `p${number}-${protocol.toLowerCase()}`;

/** The arguments of a LoadBalancerService. */
export function argsOf(asked: Asked) {
  const { controller, idleTimeoutSeconds, ports, targetType } = asked;
  const tlsPorts = ports.filter(({ tls }) => tls).map(nameOf);
  return {
    cluster: { controller },
    exposure: "Internal",
    target: {
      namespace: "shop",
      selector: { app: "web" },
      ports: ports.map((it) => ({
        name: nameOf(it),
        containerPort: it.targetPort,
        protocol: it.protocol,
      })),
      drainSeconds: 60,
    },
    ports: ports.map((it) => ({ port: it.port, targetPort: nameOf(it) })),
    targetType,
    // Of UDP AWS always keeps it.
    preserveClientIp: true,
    ...healthCheckPortOf(asked),
    ...(tlsPorts.length === 0 ? {} : { certificates: [CERTIFICATE], tlsPorts }),
    ...(idleTimeoutSeconds === undefined ? {} : { idleTimeoutSeconds }),
  };
}

function healthCheckPortOf({ checked, ports }: Asked) {
  const tcp = ports.filter(({ protocol }) => protocol === "TCP");
  const port = checked === undefined ? undefined : (tcp[checked] ?? tcp.at(-1));
  return port === undefined ? {} : { healthCheckPort: nameOf(port) };
}

/** Every problem the library has with it. */
export function problemsOf(asked: Asked): readonly string[] {
  const checks = new Checks({ type: "LoadBalancerService", name: "front" });
  try {
    normalizeLoadBalancer(checks, "front", argsOf(asked) as never);
    checks.done();
    return [];
  } catch (error) {
    if (error instanceof InvalidArgsError) {
      return error.problems.map(({ message, path }) => `${path} ${message}`);
    }
    throw error;
  }
}

/** What the controller is told, though nobody has judged it. */
export function unjudged(asked: Asked): Rendered {
  const { controller, idleTimeoutSeconds, ports, targetType } = asked;
  return dialectOf(controller).render({
    exposure: "Internal",
    annotationKeys: [],
    targetType,
    preserveClientIp: true,
    ...healthCheckPortOf(asked),
    ports: ports.map((it) => ({ ...it, name: nameOf(it), targetPort: nameOf(it) })),
    ...(ports.some(({ tls }) => tls) ? { certificates: [CERTIFICATE] } : {}),
    ...(idleTimeoutSeconds === undefined ? {} : { idleTimeoutSeconds }),
  });
}

/** A cluster with one such Service, and what of it is not carried out. */
export class Live {
  readonly #nodePorts = new NodePorts();
  #asked: Asked;
  #ports: readonly LivePort[];

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#ports = this.#nodePorts.create(portsOf(asked), allocates(asked));
  }

  /** Updates it in place. */
  update(asked: Asked): void {
    this.#ports = this.#nodePorts.update(this.#ports, portsOf(asked), allocates(asked));
    this.#asked = asked;
  }

  /** Whether another Service would take its place. */
  isReplacedBy(asked: Asked): boolean {
    return String(unjudged(this.#asked).sharedNumbers) !== String(unjudged(asked).sharedNumbers);
  }

  /** What would be refused of an update in place, since the cloud would keep it. */
  kept(asked: Asked): readonly string[] {
    const [before, after] = [unjudged(this.#asked), unjudged(asked)].map((it) => it.annotations);
    const dialect = dialectOf(asked.controller);
    const findings = dialect.stickyFindings?.(
      { annotations: before ?? {}, ports: this.#ports },
      { annotations: after ?? {}, ports: portsOf(asked) },
    );
    return (findings ?? []).map(({ path }) => path);
  }

  /** What is asked and not carried out. */
  get lost(): readonly string[] {
    const annotations = unjudged(this.#asked).annotations as Record<string, string>;
    const service = { annotations, ports: this.#ports };
    return lostOf(service, this.#asked.ports, this.#asked.idleTimeoutSeconds);
  }
}

function portsOf({ ports }: Asked): readonly LivePort[] {
  return ports.map((it) => ({
    name: nameOf(it),
    port: it.port,
    protocol: it.protocol,
    targetPort: it.targetPort,
  }));
}

function allocates(asked: Asked): boolean {
  const { controller, targetType } = asked;
  return dialectOf(controller).needsNodePorts({
    exposure: "Internal",
    annotationKeys: [],
    targetType,
    ports: [],
  });
}
