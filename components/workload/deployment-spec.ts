import type { apps, core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { BackendSpec } from "./backend-spec.ts";
import { connectionVariables } from "./connections.ts";
import { portSpecs } from "./container-ports.ts";
import { externalVariables } from "./external-connections.ts";
import { secretDigest } from "./own-secret.ts";
import { progressDeadlineSeconds } from "./ready-within.ts";
import { containerSecurity, podSecurity } from "./security.ts";
import { spreadSpec } from "./spread.ts";

/**
 * The spec of a Backend's Deployment: a new Pod is ready before an old one goes.
 *
 * @param salt - the salt of the digest of the secret values
 */
export function deploymentSpec(
  spec: BackendSpec,
  recommended: Record<string, string>,
  salt: pulumi.Input<string>,
): apps.v1.DeploymentSpec {
  const { minReadySeconds } = spec.drain;
  return {
    replicas: spec.scale.replicas,
    selector: { matchLabels: { app: spec.app } },
    ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
    progressDeadlineSeconds: progressDeadlineSeconds(spec.readyWithinSeconds),
    strategy: spec.strategy,
    template: {
      metadata: {
        // The selector's label comes last, so that nothing overrides it.
        labels: { ...recommended, ...spec.labels, app: spec.app },
        ...withoutEmpty({
          annotations: { ...spec.annotations, ...secretDigest(salt, spec.environment.secret) },
        }),
      },
      spec: podSpec(spec),
    },
  };
}

/** On which nodes the Pods run, and how they are spread over them. */
function placement({ app, nodeAffinity, spread }: BackendSpec): Partial<core.v1.PodSpec> {
  const { affinity, ...rest } = spreadSpec(spread, app);
  return {
    ...withoutEmpty({ affinity: { ...withoutEmpty({ nodeAffinity }), ...affinity } }),
    ...rest,
  };
}

/** The variables with the addresses of what the Pods connect to. */
export function addressVariables({ connections, external }: BackendSpec): core.v1.EnvVar[] {
  return [...connectionVariables(connections), ...externalVariables(external)];
}

function podSpec(spec: BackendSpec): core.v1.PodSpec {
  const { identity } = spec;
  return {
    serviceAccountName: identity.serviceAccountName,
    automountServiceAccountToken: identity.automountServiceAccountToken,
    // Otherwise every Service of the namespace adds variables to the container, such as <NAME>_PORT=tcp://….
    enableServiceLinks: false,
    terminationGracePeriodSeconds: spec.drain.gracePeriodSeconds,
    ...spec.scheduling,
    ...spec.network.pod,
    ...placement(spec),
    ...withoutEmpty({ imagePullSecrets: spec.imagePullSecrets.map((name) => ({ name })) }),
    securityContext: podSecurity(spec),
    ...withoutEmpty({ initContainers: [...spec.initContainers] }),
    containers: [container(spec)],
    volumes: spec.volumes.map(({ volume }) => volume),
  };
}

function container(spec: BackendSpec): core.v1.Container {
  const { environment, imagePullPolicy, resources } = spec;
  return {
    name: spec.name,
    image: spec.image,
    ...(imagePullPolicy === undefined ? {} : { imagePullPolicy }),
    ...spec.process,
    ...withoutEmpty({
      ports: portSpecs(spec.containerPorts),
      // First, because a variable may refer only to variables above it, as $(MY_BACKEND_HOST).
      env: [...addressVariables(spec), ...environment.variables],
      envFrom: environment.sources,
    }),
    resources: withoutEmpty(resources),
    ...spec.probes,
    lifecycle: { preStop: spec.preStop ?? { sleep: { seconds: spec.drain.sleepSeconds } } },
    securityContext: containerSecurity(),
    volumeMounts: spec.volumes.flatMap(({ mounts }) => [...mounts]),
  };
}
