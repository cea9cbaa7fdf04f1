import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs, PortRangeArgs } from "../cluster/args.ts";
import { readAdopt } from "../overrides/adopt.ts";
import type { AdoptServiceArgs } from "../overrides/adopt-args.ts";
import { readTargetReady } from "../readiness/endpoints/target-ready.ts";
import { readIpFamilies } from "../service/ip-families.ts";
import { type NodePortClaim, readNodePortRange } from "../service/node-port-registry.ts";
import { readPorts, readTargetPorts, type WantedPort } from "../service/ports.ts";
import { readServiceName } from "../service/service-name.ts";
import { readSessionAffinity } from "../service/session-affinity.ts";
import { readTarget, type ServiceTargetArgs, type TargetPortArgs } from "../service/target.ts";
import { readExternalTraffic } from "../service/traffic-policy.ts";
import { readArguments } from "../validation/argument-names.ts";
import type { Checks } from "../validation/checks.ts";
import { integer, trueOrFalse } from "../validation/rules.ts";
import { DRAIN_SECONDS } from "../workload/drain.ts";
import type { NodePortServiceArgs } from "./args.ts";

/** A NodePortService's arguments, validated, with every default filled in. */
export interface NodePortSpec {
  readonly serviceName: string;
  readonly target: Pick<ServiceTargetArgs, "namespace" | "selector">;
  readonly ports: readonly WantedPort[];
  readonly declared: pulumi.Input<TargetPortArgs[]>;
  /** Fields of the Service's spec. */
  readonly traffic: object;
  readonly targetReadyWithinSeconds: number;
  readonly nodePortRange: PortRangeArgs;
  /** The fixed node ports that it opens. */
  readonly nodePorts: readonly NodePortClaim[];
  /** The existing objects to adopt. */
  readonly adopt: AdoptServiceArgs;
}

/** Reads the arguments of a NodePortService; problems are reported to `checks`. */
export function normalizeNodePort(
  checks: Checks,
  name: string,
  given: NodePortServiceArgs,
): NodePortSpec {
  const args = readArguments(checks, given, "NodePortServiceArgs");
  const serviceName = readServiceName(checks, name, args.serviceName);
  const nodePortRange = readCluster(checks, args.cluster);
  const target = readTarget(checks, args.target, {
    seconds: DRAIN_SECONDS.NodePort,
    by: "a node port",
    fix: "add Entrance.NodePort to the entrances of the target's Backend",
  });
  const inRange = integer(nodePortRange.first, nodePortRange.last);
  const ports = readPorts(checks, args.ports, (path, { nodePort }) =>
    nodePort === undefined ? undefined : checks.plain(`${path}.nodePort`, nodePort, inRange),
  );
  return {
    serviceName,
    target,
    ports,
    declared: readTargetPorts(checks, ports, target.ports, []),
    traffic: {
      ...readExternalTraffic(checks, args),
      ...readSessionAffinity(checks, args),
      ...readIpFamilies(checks, args),
    },
    adopt: readAdopt(checks, args.adopt),
    targetReadyWithinSeconds: readTargetReady(checks, args),
    nodePortRange,
    nodePorts: ports.map(({ nodePort }, index) => ({
      path: `args.ports[${index}].nodePort`,
      port: nodePort,
    })),
  };
}

function readCluster(checks: Checks, given: ClusterArgs): PortRangeArgs {
  const cluster = checks.object("args.cluster", given);
  checks.plain("args.cluster.allowNodePort", cluster.allowNodePort ?? false, (value) =>
    value === false
      ? "must be true: a node port opens on every node of the cluster; allow it there, or use a LoadBalancerService"
      : trueOrFalse(value),
  );
  return readNodePortRange(checks, cluster);
}
