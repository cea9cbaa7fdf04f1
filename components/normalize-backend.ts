import { readAdopt } from "./adopt.ts";
import type { BackendArgs } from "./backend-args.ts";
import type { BackendSpec } from "./backend-spec.ts";
import * as rules from "./rules.ts";
import { readClusterIp } from "./service/cluster-ip.ts";
import type { TargetPort } from "./service/target.ts";
import { readTextList, readTexts } from "./texts.ts";
import type { Checks, Rule } from "./validation.ts";
import { readContainerPorts } from "./workload/container-ports.ts";
import { readDisruption } from "./workload/disruption.ts";
import { type Drain, drainFor, Entrance } from "./workload/drain.ts";
import { readEnvironment } from "./workload/environment.ts";
import { readIdentity } from "./workload/identity.ts";
import { ImagePullPolicy } from "./workload/image-pull-policy.ts";
import { readInitContainers } from "./workload/init-containers.ts";
import { readAccess } from "./workload/network-policy.ts";
import type { ProbeArgs } from "./workload/probe-args.ts";
import { ProbeRole, readProbe } from "./workload/probes.ts";
import { readProcess } from "./workload/process.ts";
import { readResources } from "./workload/resources.ts";
import { readScheduling } from "./workload/scheduling.ts";
import { readSpread } from "./workload/spread.ts";
import { hasClaim, readVolumes } from "./workload/volumes.ts";

/** High enough that no account of a node has it (kube-score and others ask for 10000 and up). */
const UID = 10001;
const LONGEST_REQUEST_SECONDS = 30;
const notRoot: Rule = rules.integer(1, 2 ** 31 - 1, "0 is root");
const noSelectorKey: Rule = (key) =>
  key === "app"
    ? "must be left out, Services select on it; set args.app instead"
    : rules.qualifiedName(key);

/** Reads the arguments of a Backend; what is wrong with them is in `checks`. */
export function normalizeBackend(checks: Checks, name: string, given: BackendArgs): BackendSpec {
  const args = checks.object("args", given);
  checks.plain("name", name, rules.serviceName);
  const { app = name, serviceName = name, imagePullPolicy } = args;
  const ports = readContainerPorts(checks, "args", args.ports, 1);
  const volumes = readVolumes(checks, args);
  const entrances = readEntrances(checks, args);
  return {
    name,
    namespace: checks.plain("args.namespace", args.namespace, rules.namespaceName),
    app: app === name ? app : checks.plain("args.app", app, rules.selectorValue),
    serviceName:
      serviceName === name
        ? serviceName
        : checks.plain("args.serviceName", serviceName, rules.serviceName),
    image: checks.input("args.image", args.image, rules.imageReference),
    ...(imagePullPolicy === undefined
      ? {}
      : {
          imagePullPolicy: checks.plain(
            "args.imagePullPolicy",
            imagePullPolicy,
            rules.oneOf(ImagePullPolicy),
          ),
        }),
    imagePullSecrets: readTextList(
      checks,
      "args.imagePullSecrets",
      args.imagePullSecrets,
      "names",
      rules.objectName,
    ),
    process: readProcess(checks, "args", args),
    ports,
    probes: readProbes(checks, args, ports),
    replicas: checks.plain(
      "args.replicas",
      args.replicas ?? (hasClaim(volumes) ? 1 : 2),
      rules.integer(0),
    ),
    environment: readEnvironment(checks, "args", name, args),
    volumes,
    initContainers: readInitContainers(checks, name, args, volumes),
    resources: readResources(checks, args.resources),
    clusterIp: readClusterIp(checks, args, ports),
    entrances,
    drain: readDrain(checks, args, entrances),
    access: readAccess(checks, args, ports),
    spread: readSpread(checks, args),
    budget: readDisruption(checks, args),
    identity: readIdentity(checks, name, args),
    scheduling: readScheduling(checks, args),
    runAsUser: checks.input("args.runAsUser", args.runAsUser ?? UID, notRoot),
    runAsGroup: checks.input("args.runAsGroup", args.runAsGroup ?? UID, notRoot),
    labels: readTexts(checks, "args.labels", args.labels, noSelectorKey, rules.labelValue),
    annotations: readTexts(
      checks,
      "args.annotations",
      args.annotations,
      rules.annotationKey,
      rules.anyText,
    ),
    adopt: readAdopt(checks, args.adopt),
  };
}

function readProbes(
  checks: Checks,
  { livenessProbe, readinessProbe, startupProbe }: BackendArgs,
  ports: readonly TargetPort[],
): BackendSpec["probes"] {
  const optional = (role: ProbeRole, probe: ProbeArgs | undefined) =>
    probe === undefined ? {} : { [role]: readProbe(checks, role, probe, ports) };
  return {
    readinessProbe: readProbe(checks, ProbeRole.Readiness, readinessProbe, ports),
    ...optional(ProbeRole.Liveness, livenessProbe),
    ...optional(ProbeRole.Startup, startupProbe),
  };
}

function readEntrances(checks: Checks, args: BackendArgs): readonly Entrance[] {
  const entrances = checks.list("args.entrances", args.entrances ?? [], 0, "entrances");
  entrances.forEach((entrance, index) => {
    checks.plain(`args.entrances[${index}]`, entrance, rules.oneOf(Entrance));
  });
  return entrances;
}

function readDrain(checks: Checks, args: BackendArgs, entrances: readonly Entrance[]): Drain {
  const longest = args.longestRequestSeconds ?? LONGEST_REQUEST_SECONDS;
  return drainFor(entrances, checks.plain("args.longestRequestSeconds", longest, rules.integer(0)));
}
