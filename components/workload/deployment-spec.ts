import type { apps, core } from "@pulumi/kubernetes/types/input.js";
import type { BackendSpec } from "../normalize-backend.ts";
import { containerSecurity, podSecurity } from "./security.ts";

/**
 * Seconds without progress after which a rollout counts as failed. Pulumi waits 600 seconds for a Deployment; below
 * that, its message says what Kubernetes has found out.
 */
const PROGRESS_DEADLINE_SECONDS = 480;

/** Room for temporary files under the read-only root; it counts towards the container's ephemeral storage. */
const TEMPORARY_FILES = { name: "tmp", path: "/tmp", sizeLimit: "64Mi" } as const;

/** The spec of a Backend's Deployment: a new Pod is ready before an old one goes. */
export function deploymentSpec(
  spec: BackendSpec,
  recommended: Record<string, string>,
): apps.v1.DeploymentSpec {
  const { minReadySeconds } = spec.drain;
  return {
    replicas: spec.replicas,
    selector: { matchLabels: { app: spec.app } },
    ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
    progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: {
        // The selector's label comes last, so that nothing stands above it.
        labels: { ...recommended, ...spec.labels, app: spec.app },
        ...unlessEmpty("annotations", spec.annotations),
      },
      spec: podSpec(spec),
    },
  };
}

function podSpec(spec: BackendSpec): core.v1.PodSpec {
  return {
    serviceAccountName: spec.name,
    automountServiceAccountToken: false,
    // Without this every Service of the namespace becomes variables of the container, <NAME>_PORT=tcp://… among them.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: spec.drain.gracePeriodSeconds,
    securityContext: podSecurity(spec.runAsUser, spec.runAsGroup),
    containers: [container(spec)],
    volumes: [{ name: TEMPORARY_FILES.name, emptyDir: { sizeLimit: TEMPORARY_FILES.sizeLimit } }],
  };
}

function container(spec: BackendSpec): core.v1.Container {
  const { imagePullPolicy, livenessProbe, readinessProbe, resources } = spec;
  const env = Object.entries(spec.env).map(([name, value]) => ({ name, value }));
  return {
    name: spec.name,
    image: spec.image,
    ...(imagePullPolicy === undefined ? {} : { imagePullPolicy }),
    ports: spec.ports.map(({ name, containerPort, protocol }) => ({
      name,
      containerPort,
      protocol,
    })),
    ...(env.length === 0 ? {} : { env }),
    resources: {
      ...unlessEmpty("requests", resources.requests),
      ...unlessEmpty("limits", resources.limits),
    },
    readinessProbe,
    ...(livenessProbe === undefined ? {} : { livenessProbe }),
    lifecycle: { preStop: { sleep: { seconds: spec.drain.sleepSeconds } } },
    securityContext: containerSecurity(),
    volumeMounts: [{ name: TEMPORARY_FILES.name, mountPath: TEMPORARY_FILES.path }],
  };
}

function unlessEmpty<T extends object>(key: string, value: T): Record<string, T> {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}
