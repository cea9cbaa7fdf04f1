import { readAdopt } from "../overrides/adopt.ts";
import { clusterIpPorts, readClusterIp } from "../service/cluster-ip.ts";
import { readHeadlessService } from "../service/headless-service.ts";
import type { TargetPort } from "../service/target.ts";
import { readArguments } from "../validation/argument-names.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { imageReference } from "../validation/image-reference.ts";
import * as rules from "../validation/rules.ts";
import {
  ANNOTATION_LIMIT,
  checkTotalSize,
  readStringList,
  readStringMap,
  type StringMap,
} from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { readAccess } from "../workload/access.ts";
import { readMeasured, readScale } from "../workload/autoscaling.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";
import { readConnections } from "../workload/connections.ts";
import { coverDirectories } from "../workload/directories.ts";
import { readDisruption } from "../workload/disruption.ts";
import { type Drain, drainFor, Entrance } from "../workload/drain.ts";
import { readEnvironment } from "../workload/environment.ts";
import { readExternalConnections } from "../workload/external-connections.ts";
import { readIdentity } from "../workload/identity.ts";
import { ImagePullPolicy } from "../workload/image-pull-policy.ts";
import { listInitContainers, readInitContainers } from "../workload/init-containers.ts";
import type { ContainerArgs } from "../workload/init-containers-args.ts";
import { readNodeAffinity } from "../workload/node-affinity.ts";
import { DIGEST_BYTES_TOTAL } from "../workload/own-secret.ts";
import { readPodNetwork } from "../workload/pod-network.ts";
import {
  listensOnNothing,
  openedPorts,
  type PodPorts,
  readPodPorts,
} from "../workload/pod-ports.ts";
import { readPreStop } from "../workload/pre-stop.ts";
import type { ProbeArgs } from "../workload/probe-args.ts";
import type { ProbedPorts } from "../workload/probe-handlers.ts";
import { ProbeRole, readProbe } from "../workload/probes.ts";
import { readProcess } from "../workload/process.ts";
import { judgeDeferredFigures, readDeploymentReady } from "../workload/ready-within.ts";
import { readResources } from "../workload/resources.ts";
import { readScheduling } from "../workload/scheduling.ts";
import { notRoot } from "../workload/security.ts";
import { readSpread } from "../workload/spread.ts";
import { readStrategy } from "../workload/strategy.ts";
import { hasExclusiveClaim, readVolumes } from "../workload/volumes.ts";
import type { BackendArgs } from "./args.ts";

/** High enough that no account of a node has it (kube-score and others require at least 10000). */
const UID = 10001;
const LONGEST_REQUEST_SECONDS = 30;
const noSelectorKey: Rule = (key) =>
  key === "app"
    ? "must not be set: Services select on it; set args.app instead"
    : rules.qualifiedName(key);

/** Reads the arguments of a Backend; problems are reported to `checks`. */
export function normalizeBackend(checks: Checks, name: string, given: BackendArgs): BackendSpec {
  const stated = readArguments(checks, given, "BackendArgs");
  checks.plain("name", name, rules.serviceName);
  const isWorker = listensOnNothing(stated);
  const entrances = readEntrances(checks, stated, isWorker);
  const drain = readDrain(checks, stated, entrances, isWorker);
  const args = judgeDeferredFigures(checks, stated, drain);
  const containers = listInitContainers(checks, args);
  const podPorts = readPodPorts(checks, args.ports, containers);
  const ports = podPorts.stated.map(({ path: _, ...port }) => port);
  return {
    name,
    namespace: checks.plain("args.namespace", args.namespace, rules.namespaceName),
    ...readNames(checks, name, args),
    image: checks.input("args.image", args.image, imageReference),
    ...readPullPolicy(checks, args),
    containerPorts: podPorts.own,
    ports,
    opened: entrances.length === 0 ? [] : openedPorts(podPorts),
    ...readContainers(checks, name, args, containers, podPorts),
    imagePullSecrets: readPullSecrets(checks, args),
    clusterIp: readClusterIp(checks, args, podPorts.stated),
    ...withoutEmpty({ headless: readHeadlessService(checks, args, ports) }),
    entrances,
    drain,
    readyWithinSeconds: readDeploymentReady(checks, args, drain),
    access: readAccess(checks, args, ports),
    spread: readSpread(checks, args),
    identity: readIdentity(checks, name, args),
    scheduling: readScheduling(checks, args),
    nodeAffinity: readNodeAffinity(checks, args.nodeAffinity ?? []),
    network: readPodNetwork(checks, args),
    ...readRunAs(checks, args),
    labels: readStringMap(checks, "args.labels", args.labels, noSelectorKey, rules.labelValue),
    annotations: readAnnotations(checks, args),
    adopt: readAdopted(checks, args, ports),
  };
}

/** The containers of a Pod, and how many Pods there are of them. */
function readContainers(
  checks: Checks,
  name: string,
  args: BackendArgs,
  containers: readonly ContainerArgs[],
  ports: PodPorts,
) {
  const volumes = readVolumes(checks, args);
  const exclusive = hasExclusiveClaim(volumes);
  const scale = readScale(checks, args, exclusive);
  const initContainers = readInitContainers(checks, name, containers, ports, volumes);
  const resources = readResources(checks, args.resources);
  const connections = readConnections(checks, args);
  const probed = { all: ports.stated, own: ports.own };
  const covering = coverDirectories(checks, resources, {
    stated: args.resources,
    volumes,
    initContainers,
  });
  return {
    process: readProcess(checks, "args", args),
    probes: readProbes(checks, args, probed),
    ...readPreStop(checks, args, probed),
    environment: readEnvironment(checks, "args", name, args),
    connections,
    external: readExternalConnections(checks, name, args, connections),
    volumes,
    initContainers,
    resources: readMeasured(checks, covering, scale),
    scale,
    budget: readDisruption(checks, args, scale),
    strategy: readStrategy(checks, args, exclusive),
  };
}

/** The label and the Service's name, each the component's unless another one is stated. */
function readNames(checks: Checks, name: string, args: BackendArgs) {
  const { app = name, serviceName = name } = args;
  return {
    app: app === name ? app : checks.plain("args.app", app, rules.selectorValue),
    serviceName:
      serviceName === name
        ? serviceName
        : checks.plain("args.serviceName", serviceName, rules.serviceName),
  };
}

function readRunAs(checks: Checks, { runAsGroup = UID, runAsUser = UID }: BackendArgs) {
  return {
    runAsUser: checks.input("args.runAsUser", runAsUser, notRoot),
    runAsGroup: checks.input("args.runAsGroup", runAsGroup, notRoot),
  };
}

function readPullPolicy(checks: Checks, { imagePullPolicy }: BackendArgs) {
  const right = rules.oneOf(ImagePullPolicy);
  return imagePullPolicy === undefined
    ? {}
    : { imagePullPolicy: checks.plain("args.imagePullPolicy", imagePullPolicy, right) };
}

function readAdopted(checks: Checks, { adopt }: BackendArgs, ports: readonly TargetPort[]) {
  const adopted = readAdopt(checks, adopt);
  if (adopted.serviceUrn !== undefined && clusterIpPorts(ports).length === 0) {
    const must = "must not be set: the Backend has no Service; give a port a port";
    checks.report("args.adopt.serviceUrn", adopted.serviceUrn, must);
  }
  return adopted;
}

function readPullSecrets(checks: Checks, { imagePullSecrets }: BackendArgs) {
  const path = "args.imagePullSecrets";
  const names = readStringList(checks, path, imagePullSecrets, "names", rules.objectName);
  names.forEach((name, index) => {
    const first = names.indexOf(name);
    if (first < index) {
      checks.report(`${path}[${index}]`, name, `must differ from ${path}[${first}]`);
    }
  });
  return names;
}

function readAnnotations(checks: Checks, { annotations }: BackendArgs): StringMap {
  const path = "args.annotations";
  const texts = readStringMap(checks, path, annotations, rules.annotationKey, rules.anyString);
  return checkTotalSize(checks, path, texts, {
    ...ANNOTATION_LIMIT,
    bytes: ANNOTATION_LIMIT.bytes - DIGEST_BYTES_TOTAL,
  });
}

function readProbes(
  checks: Checks,
  { livenessProbe, readinessProbe, startupProbe }: BackendArgs,
  ports: ProbedPorts,
): BackendSpec["probes"] {
  const optional = (role: ProbeRole, probe: ProbeArgs | undefined) =>
    probe === undefined ? {} : { [role]: readProbe(checks, role, probe, ports) };
  return {
    readinessProbe: readProbe(checks, ProbeRole.Readiness, readinessProbe, ports),
    ...optional(ProbeRole.Liveness, livenessProbe),
    ...optional(ProbeRole.Startup, startupProbe),
  };
}

function readEntrances(checks: Checks, args: BackendArgs, isWorker: boolean): readonly Entrance[] {
  const right = rules.oneOf(Entrance);
  const entrances = checks.list("args.entrances", args.entrances ?? [], 0, "entrances");
  if (entrances.length > 0 && isWorker) {
    checks.report("args.entrances", entrances, "must be empty: there is no port to lead to");
  }
  entrances.forEach((entrance, index) => {
    checks.plain(`args.entrances[${index}]`, entrance, right);
  });
  return entrances.filter((entrance) => right(entrance) === undefined);
}

function readDrain(
  checks: Checks,
  args: BackendArgs,
  entrances: readonly Entrance[],
  isWorker: boolean,
): Drain {
  const longest = args.longestRequestSeconds ?? LONGEST_REQUEST_SECONDS;
  const seconds = rules.integer(0);
  checks.plain("args.longestRequestSeconds", longest, seconds);
  const request = seconds(longest) === undefined ? longest : LONGEST_REQUEST_SECONDS;
  const drain = drainFor(entrances, request);
  const least = isWorker ? 0 : drain.sleepSeconds;
  const why = `${least} s are what its entrances need`;
  const right = rules.int32(least, least === 0 ? undefined : why);
  if (args.drainSeconds === undefined) return drain;
  const stated = checks.plain("args.drainSeconds", args.drainSeconds, right);
  return right(stated) === undefined ? drainFor(entrances, request, stated) : drain;
}
