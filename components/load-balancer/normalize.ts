import type * as pulumi from "@pulumi/pulumi";
import { readAdopt } from "../adopt.ts";
import type { AdoptServiceArgs } from "../adopt-args.ts";
import { type ClusterArgs, LoadBalancerController, type PortRangeArgs } from "../cluster-args.ts";
import type { LoadBalancerServiceArgs } from "../load-balancer-service-args.ts";
import { readReadyWithin } from "../readiness/ready-within.ts";
import { integer, oneOf, serviceName, trueOrFalse } from "../rules.ts";
import { readNodePortRange, type WantedNodePort } from "../service/node-port-desk.ts";
import { readPorts, readTargetPorts, type WantedPort } from "../service/ports.ts";
import { readSessionAffinity, type SessionAffinitySpec } from "../service/session-affinity.ts";
import { readTarget, type ServiceTargetArgs, type TargetPortArgs } from "../service/target.ts";
import {
  type ExternalTrafficArgs,
  readExternalTraffic,
  TrafficPolicy,
} from "../service/traffic-policy.ts";
import { type Checks, type Finding, isLate, isRecord, judge, type Rule } from "../validation.ts";
import { addressRange } from "./cidr.ts";
import { Exposure, type Intent, type LoadBalancerDialect } from "./intent.ts";
import { dialectOf } from "./registry.ts";

type HealthCheck = Pick<LoadBalancerServiceArgs, "healthCheckNodePort">;

/** A LoadBalancerService's arguments, judged and with every default filled in. */
export interface LoadBalancerSpec {
  readonly serviceName: string;
  readonly dialect: LoadBalancerDialect;
  readonly target: Omit<ServiceTargetArgs, "drainSeconds">;
  readonly ports: readonly WantedPort[];
  readonly declared: pulumi.Input<TargetPortArgs[]>;
  readonly intent: Intent;
  /** Fields of the Service's spec. */
  readonly traffic: ExternalTrafficArgs & SessionAffinitySpec & HealthCheck;
  readonly readyWithinSeconds: number;
  readonly nodePortRange: PortRangeArgs;
  /** The fixed ports it opens on nodes. */
  readonly nodePorts: readonly WantedNodePort[];
  readonly sourceRanges?: pulumi.Input<pulumi.Input<string>[]>;
  /** What exists already. */
  readonly adopt: AdoptServiceArgs;
}

/** Reads the arguments of a LoadBalancerService; what is wrong with them is in `checks`. */
export function normalizeLoadBalancer(
  checks: Checks,
  name: string,
  given: LoadBalancerServiceArgs,
): LoadBalancerSpec {
  const args = checks.object("args", given);
  const literalName =
    args.serviceName === undefined
      ? checks.plain("name", name, serviceName)
      : checks.plain("args.serviceName", args.serviceName, serviceName);
  const dialect = readCluster(checks, args);
  checks.plain("args.exposure", args.exposure, oneOf(Exposure));
  const target = readTarget(checks, args.target, {
    seconds: dialect?.drainSeconds ?? 0,
    by: `a load balancer of ${dialect?.name}`,
    fix: "add Entrance.LoadBalancer to the entrances of the target's Backend",
  });
  const ports = readPorts(checks, args.ports);
  const most = dialect?.maximumPorts ?? ports.length;
  if (ports.length > most) {
    checks.report("args.ports.length", ports.length, `must be at most ${most}`);
  }
  const declared = readTargetPorts(checks, ports, target.ports, dialect ? [dialect.ports] : []);
  const sourceRanges = readSourceRanges(checks, args, dialect);
  const external = readExternalTraffic(checks, args);
  const affinity = readSessionAffinity(checks, args, dialect?.sessionAffinity);
  const nodePortRange = readNodePortRange(checks, isRecord(args.cluster) ? args.cluster : {});
  const healthCheck = readHealthCheck(checks, args, nodePortRange);
  return {
    serviceName: literalName,
    // Without a dialect there is a problem in `checks`, and nobody reads on.
    dialect: dialect as LoadBalancerDialect,
    target,
    ports,
    declared,
    adopt: readAdopt(checks, args.adopt),
    intent: { exposure: args.exposure, ...external },
    traffic: { ...external, ...affinity, ...healthCheck },
    readyWithinSeconds: readReadyWithin(checks, args),
    nodePortRange,
    nodePorts: [{ path: "args.healthCheckNodePort", port: healthCheck.healthCheckNodePort }],
    ...(sourceRanges === undefined ? {} : { sourceRanges }),
  };
}

function readCluster(
  checks: Checks,
  args: LoadBalancerServiceArgs,
): LoadBalancerDialect | undefined {
  const path = "args.cluster";
  const { allowPublic = false, controller }: ClusterArgs = checks.object(path, args.cluster);
  checks.plain(`${path}.controller`, controller, (value) =>
    value === LoadBalancerController.None
      ? "must be a controller that makes load balancers; install one and name it, or use a NodePortService"
      : oneOf(LoadBalancerController)(value),
  );
  checks.plain(`${path}.allowPublic`, allowPublic, (value) =>
    value === false && args.exposure === Exposure.Public
      ? "must be true for a public load balancer; allow it there, or use Exposure.Internal"
      : trueOrFalse(value),
  );
  return dialectOf(controller);
}

function readHealthCheck(
  checks: Checks,
  { externalTrafficPolicy, healthCheckNodePort }: LoadBalancerServiceArgs,
  { first, last }: PortRangeArgs,
): HealthCheck {
  if (healthCheckNodePort === undefined) {
    return {};
  }
  const inRange = integer(first, last);
  const rule: Rule = (value) =>
    externalTrafficPolicy === TrafficPolicy.Local
      ? inRange(value)
      : 'must be left out, only with externalTrafficPolicy "Local" is there a health check of nodes';
  return {
    healthCheckNodePort: checks.plain("args.healthCheckNodePort", healthCheckNodePort, rule),
  };
}

function readSourceRanges(
  checks: Checks,
  { exposure, sourceRanges }: LoadBalancerServiceArgs,
  dialect: LoadBalancerDialect | undefined,
): pulumi.Input<pulumi.Input<string>[]> | undefined {
  const path = "args.sourceRanges";
  if (sourceRanges === undefined) {
    if (exposure === Exposure.Public) {
      const must =
        'must list the address ranges that may connect to a public load balancer; use ["0.0.0.0/0"] for anywhere';
      checks.report(path, sourceRanges, must);
    }
    return undefined;
  }
  const rangeFindings = (range: unknown, index: number): readonly Finding[] => {
    const at = `${path}[${index}]`;
    const refused = judge(at, range, (value) => dialect?.sourceRange(value));
    return refused.length > 0 ? refused : judge(at, range, addressRange);
  };
  const listFindings = (ranges: unknown): readonly Finding[] => {
    if (!Array.isArray(ranges) || ranges.length === 0) {
      const must =
        'must list at least one address range, none would be anywhere; use ["0.0.0.0/0"] to mean that';
      return [{ path, value: ranges, must }];
    }
    // Spread, or the holes of a list would be passed over.
    return [...ranges].flatMap((range, index) =>
      isLate(range) ? [] : rangeFindings(range, index),
    );
  };
  const gated = checks.gate(sourceRanges, listFindings);
  return isLate(gated) || !Array.isArray(gated)
    ? gated
    : gated.map((range, index) =>
        isLate(range) ? checks.gate(range, (known) => rangeFindings(known, index)) : range,
      );
}
