import fc from "fast-check";
import {
  type BackendArgs,
  type BackendPortArgs,
  type ClusterIpArgs,
  type ConnectionsArgs,
  Entrance,
  type EnvironmentArgs,
  type ExternalConnectionsArgs,
  type IdentityArgs,
  ImagePullPolicy,
  type NetworkPolicyArgs,
  type PodNetworkArgs,
  type ProcessArgs,
  type SchedulingArgs,
  type SecretEnvironmentArgs,
  Spread,
  type StrategyArgs,
} from "../../../../components/index.ts";
import { access } from "./access.ts";
import { adopt } from "./adopt.ts";
import { clusterIp } from "./cluster-ip.ts";
import { connectsTo } from "./connections.ts";
import { containerNames, containers, process } from "./containers.ts";
import { ownEnvironment } from "./environment.ts";
import { external } from "./external.ts";
import { fields, never, oneOf, sometimes, textsBy, withoutAbsent } from "./fields.ts";
import { identity } from "./identity.ts";
import { namespace } from "./namespaces.ts";
import { count, INT32_MAX, whole } from "./numbers.ts";
import { patches } from "./patches.ts";
import { podNetwork } from "./pod-network.ts";
import { dealtPorts, portsOf, untranslated, withEntrance } from "./ports.ts";
import { askedPorts, livenessProbe, preStop, readinessProbe, startupProbe } from "./probes.ts";
import { readyWithin } from "./ready-within.ts";
import { resources } from "./resources.ts";
import { disruptionBudget, scale } from "./scale.ts";
import { scheduling } from "./scheduling.ts";
import { replacement } from "./strategy.ts";
import {
  annotationKey,
  anyString,
  image,
  labelValue,
  objectName,
  qualifiedName,
  selectorValue,
  serviceName,
} from "./texts.ts";
import { volumes } from "./volumes.ts";

/** A component's name and arguments. */
export interface Given<Args> {
  readonly name: string;
  readonly args: Args;
  /**
   * Backends of the same program that are connected to, by key of `connectsTo`. Where they are left out the arguments
   * state the same targets, as of somebody else's workloads.
   */
  readonly callees?: Readonly<Record<string, Given<BackendArgs>>>;
}

/** What other arbitraries make. */
type Elsewhere =
  | ClusterIpArgs
  | ConnectionsArgs
  | EnvironmentArgs
  | ExternalConnectionsArgs
  | IdentityArgs
  | NetworkPolicyArgs
  | PodNetworkArgs
  | ProcessArgs
  | SchedulingArgs
  | SecretEnvironmentArgs;
type KeysOf<T> = T extends unknown ? keyof T : never;
/** What depends on other arguments, and is drawn once these are there. */
type Dependent =
  | "adopt"
  | "autoscaling"
  | "disruptionBudget"
  | "drainSeconds"
  | "externalAutoscaler"
  | "patches"
  | "readyWithinSeconds"
  | "replicas"
  | keyof StrategyArgs;
type Own = Omit<BackendArgs, KeysOf<Elsewhere> | Dependent | "initContainers" | "volumes">;

const userId = whole(1, INT32_MAX);
const labelKey = qualifiedName.filter((key) => key !== "app");

const own = (ports: BackendPortArgs[], all: readonly BackendPortArgs[]) => {
  const names = askedPorts(all);
  return fields<Own>(
    {
      namespace,
      image,
      ports: fc.constant(ports),
      readinessProbe: readinessProbe(names),
    },
    {
      livenessProbe: livenessProbe(names),
      startupProbe: startupProbe(names),
      preStop: preStop(names),
      app: selectorValue,
      serviceName,
      imagePullPolicy: oneOf(ImagePullPolicy),
      imagePullSecrets: fc.uniqueArray(objectName, { maxLength: 3 }),
      resources,
      entrances: fc.subarray(Object.values(Entrance)),
      longestRequestSeconds: fc.oneof(count(0), fc.constant(Number.MAX_SAFE_INTEGER)),
      runAsUser: userId,
      runAsGroup: userId,
      labels: textsBy(labelKey, labelValue),
      annotations: textsBy(annotationKey, anyString),
      podDisruptionBudget: fc.boolean(),
      spread: oneOf(Spread),
    },
  ).chain((args) =>
    (args.entrances ?? []).length === 0
      ? fc.constant(args)
      : withEntrance(ports).map((open) => ({ ...args, ports: open })),
  );
};

/** What the other arguments have to fit. */
const frame = fc
  .record({ name: serviceName, files: volumes, headless: fc.boolean() })
  .chain(({ name, ...rest }) =>
    containerNames(name).chain((others) =>
      dealtPorts(others.length).map((dealt) => ({ name, others, dealt, ...rest })),
    ),
  );

/** What depends on other arguments, but for the patches, which depend on it. */
const dependent = (name: string, args: BackendArgs) =>
  fc
    .tuple(
      fields<ExternalConnectionsArgs>({}, { connectsToExternal: external(name, args) as never }),
      scale(args),
      readyWithin(args),
      replacement(args),
      fields<Pick<BackendArgs, "drainSeconds">>({}, { drainSeconds: whole(60, 3000) }),
      fc.record({ adopt: sometimes(adopt(portsOf(args).some(({ port }) => port !== undefined))) }),
    )
    .map((parts) => allOf(args, ...parts))
    .chain(budgeted);

const budgeted = (args: BackendArgs) =>
  args.podDisruptionBudget === false
    ? fc.constant(args)
    : fields<Pick<BackendArgs, "disruptionBudget">>(
        {},
        { disruptionBudget: disruptionBudget(args) },
      ).map((budget) => allOf(args, budget));

const patched = (args: BackendArgs) =>
  fc
    .oneof({ weight: 3, arbitrary: patches(args) }, never)
    .map((changes) => allOf(args, { patches: changes }));

/** Backends that the API server takes. */
export const backend: fc.Arbitrary<Given<BackendArgs>> = frame.chain(
  ({ dealt, files, headless, name, others }) => {
    const translated = headless ? untranslated : (ports: BackendPortArgs[]) => ports;
    const ports = translated(dealt.own);
    const beside = dealt.others.map((its) => its && translated(its));
    const all = [...ports, ...beside.flatMap((its) => its ?? [])];
    const served = all.some(({ port }) => port !== undefined);
    const names = files.map((file) => file.name);
    return connectsTo.chain(({ callees, ...connected }) =>
      fc
        .tuple(
          own(ports, all),
          served ? clusterIp(headless) : fc.constant({}),
          ownEnvironment,
          identity,
          access(all),
          process,
          scheduling,
          podNetwork,
          fc.record({
            volumes: files.length > 0 ? fc.constant(files) : sometimes(fc.constant(files)),
            initContainers:
              others.length > 0
                ? containers(others, { own: ports, others: beside }, names)
                : sometimes(fc.constant([])),
          }),
        )
        .map((parts) => covering(allOf(connected, ...parts)))
        .chain((args) => dependent(name, args))
        .chain(patched)
        .map((args) => ({ name, args, callees })),
    );
  },
);

/** The resources of which directories take a part. */
const COUNTED = ["ephemeral-storage", "memory"];

/** A stated limit covers the directories; with this one the request is no larger either. */
function covering(args: BackendArgs): BackendArgs {
  const { limits = {}, ...rest } = args.resources ?? {};
  const most = Object.entries(limits).map(([name, limit]) => [
    name,
    COUNTED.includes(name) ? "9E" : limit,
  ]);
  return args.resources?.limits === undefined
    ? args
    : { ...args, resources: { ...rest, limits: Object.fromEntries(most) } };
}

function allOf(...parts: readonly object[]): BackendArgs {
  return withoutAbsent(Object.assign({}, ...parts)) as BackendArgs;
}
