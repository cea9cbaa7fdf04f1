import fc from "fast-check";
import {
  type BackendArgs,
  type BackendPortArgs,
  type ClusterIpArgs,
  Entrance,
  type EnvironmentArgs,
  type IdentityArgs,
  ImagePullPolicy,
  type NetworkPolicyArgs,
  type ProcessArgs,
  type SchedulingArgs,
  type SecretEnvironmentArgs,
  Spread,
} from "../../../../components/index.ts";
import { access } from "./access.ts";
import { clusterIp } from "./cluster-ip.ts";
import { containerNames, containers, process } from "./containers.ts";
import { ownEnvironment } from "./environment.ts";
import { fields, never, oneOf, sometimes, textsBy, withoutAbsent } from "./fields.ts";
import { identity } from "./identity.ts";
import { namespace } from "./namespaces.ts";
import { count, INT32_MAX, whole } from "./numbers.ts";
import { patches } from "./patches.ts";
import { dealtPorts, untranslated } from "./ports.ts";
import { otherProbe, readinessProbe } from "./probes.ts";
import { resources } from "./resources.ts";
import { scheduling } from "./scheduling.ts";
import {
  annotationKey,
  anyText,
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
}

/** What other arbitraries make. */
type Elsewhere =
  | ClusterIpArgs
  | EnvironmentArgs
  | IdentityArgs
  | NetworkPolicyArgs
  | ProcessArgs
  | SchedulingArgs
  | SecretEnvironmentArgs;
type KeysOf<T> = T extends unknown ? keyof T : never;
type Own = Omit<BackendArgs, KeysOf<Elsewhere> | "initContainers" | "patches" | "volumes">;

const userId = whole(1, INT32_MAX);
const labelKey = qualifiedName.filter((key) => key !== "app");

const own = (ports: BackendPortArgs[]) => {
  const names = ports.map(({ name }) => name);
  return fields<Own>(
    {
      namespace,
      image,
      ports: fc.constant(ports),
      readinessProbe: readinessProbe(names),
    },
    {
      livenessProbe: otherProbe(names),
      startupProbe: otherProbe(names),
      app: selectorValue,
      serviceName,
      imagePullPolicy: oneOf(ImagePullPolicy),
      imagePullSecrets: fc.uniqueArray(objectName, { maxLength: 3 }),
      replicas: count(0),
      resources,
      entrances: fc.subarray(Object.values(Entrance)),
      longestRequestSeconds: fc.oneof(count(0), fc.constant(Number.MAX_SAFE_INTEGER)),
      runAsUser: userId,
      runAsGroup: userId,
      labels: textsBy(labelKey, labelValue),
      annotations: textsBy(annotationKey, anyText),
      podDisruptionBudget: fc.boolean(),
      spread: oneOf(Spread),
    },
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

/** Backends that the API server takes. */
export const backend: fc.Arbitrary<Given<BackendArgs>> = frame
  .chain(({ dealt, files, headless, name, others }) => {
    const ports = headless ? untranslated(dealt.own) : dealt.own;
    const served = ports.some(({ port }) => port !== undefined);
    const names = files.map((file) => file.name);
    return fc
      .tuple(
        own(ports),
        served ? clusterIp(headless) : fc.constant({}),
        ownEnvironment,
        identity,
        access(ports),
        process,
        scheduling,
        fc.record({
          volumes: files.length > 0 ? fc.constant(files) : sometimes(fc.constant(files)),
          initContainers:
            others.length > 0
              ? containers(others, dealt.others, names)
              : sometimes(fc.constant([])),
        }),
      )
      .map((parts) => ({ name, args: withoutAbsent(Object.assign({}, ...parts)) as BackendArgs }));
  })
  .chain(({ args, name }) =>
    fc.oneof({ weight: 3, arbitrary: patches(args) }, never).map((patched) => ({
      name,
      args: withoutAbsent({ ...args, patches: patched }) as BackendArgs,
    })),
  );
