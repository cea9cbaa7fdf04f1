import type * as pulumi from "@pulumi/pulumi";
import { AddressKind } from "../cluster/address-kind.ts";
import type { PortRangeArgs } from "../cluster/args.ts";
import { readAdopt } from "../overrides/adopt.ts";
import type { AdoptServiceArgs } from "../overrides/adopt-args.ts";
import { readReconciledWithin } from "../readiness/controller/reconciled-within.ts";
import { readTargetReady } from "../readiness/endpoints/target-ready.ts";
import { reachableRule } from "../readiness/reachable/front.ts";
import { readReachableWithin } from "../readiness/reachable/reachable-within.ts";
import { type IpFamilyArgs, readIpFamilies } from "../service/ip-families.ts";
import { type NodePortClaim, readNodePortRange } from "../service/node-port-registry.ts";
import { type PortsRule, readTargetPorts, type WantedPort } from "../service/ports.ts";
import { readServiceName } from "../service/service-name.ts";
import { readSessionAffinity, type SessionAffinitySpec } from "../service/session-affinity.ts";
import { readTarget, type ServiceTargetArgs, type TargetPortArgs } from "../service/target.ts";
import {
  type ExternalTrafficArgs,
  readExternalTraffic,
  TrafficPolicy,
} from "../service/traffic-policy.ts";
import { readArguments } from "../validation/argument-names.ts";
import { type Checks, isRecord, type Rule } from "../validation/checks.ts";
import { integer } from "../validation/rules.ts";
import type { StringMap } from "../validation/string-map.ts";
import { patchedKey, readAnnotations } from "./annotations.ts";
import type { LoadBalancerServiceArgs } from "./args.ts";
import { familiesOfService, hasTwoFamilies } from "./contract/address-families.ts";
import type { LoadBalancerDialect, Rendered, RenderedSpec } from "./contract/dialect.ts";
import { drainNeed } from "./contract/drain.ts";
import { Exposure, type Intent } from "./contract/intent.ts";
import { checkNodePortsNeeded, nodePortClaims, readLoadBalancerPorts } from "./fixed-node-ports.ts";
import { checkHealthCheckPort } from "./health-check-port.ts";
import { readOptions } from "./options.ts";
import { readDialect } from "./read-dialect.ts";
import { dialects } from "./registry.ts";
import { readSourceRanges, type SourceRanges } from "./source-ranges.ts";
import { readTlsPorts } from "./tls-ports.ts";

/** As long as the controller has: some controllers make Pods ready, once the load balancer has registered them. */
const TARGET_READY_WITHIN_SECONDS = 360;

type NodePorts = { readonly allocateLoadBalancerNodePorts?: boolean };
type HealthCheck = Pick<LoadBalancerServiceArgs, "healthCheckNodePort">;

/** A LoadBalancerService's arguments, validated, with every default filled in. */
export interface LoadBalancerSpec {
  readonly serviceName: string;
  readonly dialect: LoadBalancerDialect;
  readonly target: Omit<ServiceTargetArgs, "drainSeconds">;
  readonly ports: readonly WantedPort[];
  /** The names of the ports at which the load balancer terminates TLS. */
  readonly tlsPorts: readonly string[];
  readonly declared: pulumi.Input<TargetPortArgs[]>;
  /** The Service's annotations. */
  readonly annotations: StringMap;
  /** The annotations that decide who can reach the load balancer, by key, whether it has them or not. */
  readonly exposureKeys: readonly string[];
  /** The rule for annotations in a patch. */
  readonly patchedKey: Rule;
  /** Fields of the Service's spec. */
  readonly traffic: RenderedSpec &
    NodePorts &
    ExternalTrafficArgs &
    SessionAffinitySpec &
    IpFamilyArgs &
    HealthCheck;
  /** Port numbers whose change replaces the Service. */
  readonly sharedNumbers: readonly number[];
  /** Whether the cloud refuses to delete the load balancer. */
  readonly deletionProtection: boolean;
  readonly reconciledWithinSeconds: number;
  readonly targetReadyWithinSeconds: number;
  readonly reachableWithinSeconds: number;
  readonly isInternal: boolean;
  /** The kind of address that the controller assigns. */
  readonly addressKind: AddressKind;
  readonly nodePortRange: PortRangeArgs;
  /** The fixed node ports that it opens. */
  readonly nodePorts: readonly NodePortClaim[];
  readonly sourceRanges?: SourceRanges;
  /** The existing objects to adopt. */
  readonly adopt: AdoptServiceArgs;
}

/** Reads the arguments of a LoadBalancerService; problems are reported to `checks`. */
export function normalizeLoadBalancer(
  checks: Checks,
  name: string,
  given: LoadBalancerServiceArgs,
): LoadBalancerSpec {
  const args = readArguments(checks, given, "LoadBalancerServiceArgs");
  const serviceName = readServiceName(checks, name, args.serviceName);
  const dialect = readDialect(checks, args);
  const nodePortRange = readNodePortRange(checks, isRecord(args.cluster) ? args.cluster : {});
  const request = readRequest(checks, args, dialect, nodePortRange);
  const { intent, options, target, wanted } = request;
  const healthCheck = readHealthCheck(checks, args, nodePortRange, wanted);
  const rendered = render(checks, dialect, intent);
  const waits = readWaits(checks, args);
  const portRules = [portsRule(dialect, intent), reachableRule(waits.reachableWithinSeconds)];
  const exposureKeys = exposingAnnotations(args, dialect);
  const decided = { ...dialect, exposureKeys };
  const annotations = readAnnotations(checks, args, decided, rendered.annotations);
  return {
    serviceName,
    dialect,
    target,
    ports: wanted,
    tlsPorts: intent.ports.filter(({ tls }) => tls).map((port) => port.name),
    declared: readTargetPorts(checks, wanted, target.ports, portRules),
    adopt: readAdopt(checks, args.adopt),
    annotations,
    sharedNumbers: rendered.sharedNumbers ?? [],
    exposureKeys,
    patchedKey: patchedKey(dialect, rendered.annotations),
    deletionProtection: options.deletionProtection ?? false,
    traffic: { ...rendered.spec, ...readTraffic(checks, args, dialect, request), ...healthCheck },
    ...waits,
    isInternal: args.exposure === Exposure.Internal,
    addressKind: addressKindOf(dialect, intent),
    nodePortRange,
    nodePorts: nodePortClaims(wanted, healthCheck),
    ...(intent.sourceRanges === undefined ? {} : { sourceRanges: intent.sourceRanges }),
  };
}

/** The kind of address that the controller assigns: a host name if an annotation states one. */
function addressKindOf(dialect: LoadBalancerDialect, { annotationKeys }: Intent): AddressKind {
  const { addressKind, hostnameKey } = dialect;
  return hostnameKey !== undefined && annotationKeys.includes(hostnameKey)
    ? AddressKind.Hostname
    : addressKind;
}

/** Reads how long the update waits. */
function readWaits(checks: Checks, args: LoadBalancerServiceArgs) {
  return {
    reconciledWithinSeconds: readReconciledWithin(checks, args),
    targetReadyWithinSeconds: readTargetReady(checks, args, TARGET_READY_WITHIN_SECONDS),
    reachableWithinSeconds: readReachableWithin(checks, args),
  };
}

/** Reads what the program requests of the load balancer, and its target. */
function readRequest(
  checks: Checks,
  args: LoadBalancerServiceArgs,
  dialect: LoadBalancerDialect,
  nodePortRange: PortRangeArgs,
) {
  const sourceRanges = readSourceRanges(checks, args, dialect);
  const options = readOptions(checks, args, dialect, dialects);
  const target = readTarget(checks, args.target, drainNeed(dialect.name, options));
  const wanted = readLoadBalancerPorts(checks, args.ports, nodePortRange);
  const ports = readTlsPorts(checks, options, wanted);
  checkHealthCheckPort(checks, options, wanted);
  if (ports.length > dialect.maximumPorts) {
    checks.report("args.ports.length", ports.length, `must be at most ${dialect.maximumPorts}`);
  }
  const external = readExternalTraffic(checks, args);
  const families = { ...readIpFamilies(checks, args), ...impliedFamily(args, dialect) };
  checks.plain("args.ipFamilyPolicy", args.ipFamilyPolicy, dialect.ipFamilyPolicy);
  const { tlsPorts: _, ...others } = options;
  const intent: Intent = {
    ...others,
    ...external,
    ...families,
    ...(sourceRanges === undefined ? {} : { sourceRanges }),
    exposure: args.exposure,
    annotationKeys: Object.keys(isRecord(args.annotations) ? args.annotations : {}),
    ports,
  };
  checks.gate(intent, () => dialect.intentFindings(intent));
  checkNodePortsNeeded(checks, dialect, intent);
  return { external, families, intent, options, target, wanted };
}

/** Invalid arguments are not rendered, because an invalid value may be of any type. */
function render(checks: Checks, dialect: LoadBalancerDialect, intent: Intent): Rendered {
  return checks.failed ? { annotations: {} } : dialect.render(intent);
}

/** Reads how connections are passed on, as fields of the Service's spec. */
function readTraffic(
  checks: Checks,
  args: LoadBalancerServiceArgs,
  dialect: LoadBalancerDialect,
  { external, families, intent }: ReturnType<typeof readRequest>,
) {
  return {
    ...(dialect.needsNodePorts(intent) ? {} : { allocateLoadBalancerNodePorts: false }),
    ...external,
    ...families,
    ...readSessionAffinity(checks, args, dialect.sessionAffinity),
  };
}

/**
 * A Service whose address family decides which source ranges apply states the family. In a cluster of the other family
 * the API server then rejects it; otherwise it would be open to everyone.
 */
function impliedFamily(
  args: LoadBalancerServiceArgs,
  { sourceRanges: { families } }: LoadBalancerDialect,
): IpFamilyArgs {
  const { ipFamilies, sourceRanges } = args;
  const implied = families === undefined && sourceRanges !== undefined && ipFamilies === undefined;
  return implied && !hasTwoFamilies(args) ? { ipFamilies: [...familiesOfService(args)] } : {};
}

function exposingAnnotations(
  { sourceRanges }: LoadBalancerServiceArgs,
  { exposureKeys, sourceRanges: { voidedBy } }: LoadBalancerDialect,
): readonly string[] {
  return sourceRanges === undefined ? exposureKeys : [...exposureKeys, ...Object.keys(voidedBy)];
}

/** The dialect's rule for all ports together, with the ports that terminate TLS. */
function portsRule(dialect: LoadBalancerDialect, intent: Intent): PortsRule {
  return (ports) =>
    dialect.portFindings(
      ports.map((port, index) => ({ ...port, tls: intent.ports[index]?.tls ?? false })),
      intent,
    );
}

function readHealthCheck(
  checks: Checks,
  { externalTrafficPolicy, healthCheckNodePort }: LoadBalancerServiceArgs,
  { first, last }: PortRangeArgs,
  ports: readonly WantedPort[],
): HealthCheck {
  if (healthCheckNodePort === undefined) {
    return {};
  }
  const inRange = integer(first, last);
  const same = ports.findIndex(({ nodePort }) => nodePort === healthCheckNodePort);
  const differs: Rule = () =>
    same < 0 ? undefined : `must differ from args.ports[${same}].nodePort`;
  const rule: Rule = (value) =>
    externalTrafficPolicy === TrafficPolicy.Local
      ? (inRange(value) ?? differs(value))
      : 'must not be set: only with externalTrafficPolicy "Local" is there a health check of nodes';
  return {
    healthCheckNodePort: checks.plain("args.healthCheckNodePort", healthCheckNodePort, rule),
  };
}
