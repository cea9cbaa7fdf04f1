import {
  NO_ENDPOINTS,
  NO_PODS,
  podEvents,
  refused,
  UNREADY,
  unscheduled,
  waiting,
} from "./breakages.ts";
import type { BrokenCase } from "./case.ts";
import { ago } from "./healthy-state.ts";

/** The status of a container that has ended seven times. */
export const CRASHED = {
  restartCount: 7,
  lastState: { terminated: { exitCode: 1, reason: "Error" } },
};
const PENDING_CLAIM = {
  metadata: { name: "data", namespace: "shop" },
  status: { phase: "Pending" },
};
const STARTING = {
  ...UNREADY,
  "pods.*.spec.containers.0.startupProbe": {
    httpGet: { path: "/", port: 8080 },
    failureThreshold: 30,
    periodSeconds: 10,
  },
  "pods.*.status.containerStatuses.0.started": false,
  "pods.*.status.containerStatuses.0.state.running.startedAt": ago(20),
};
const scaler = (conditions: object[], spec: object = {}) => [
  {
    metadata: { name: "web", namespace: "shop" },
    spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 3, ...spec },
    status: { currentReplicas: 3, conditions },
  },
];

/** Pods, their containers and what makes them. */
export const BROKEN_PODS: readonly BrokenCase[] = [
  {
    cause: "node-lost",
    title: "all nodes are silent",
    set: {
      ...UNREADY,
      "nodes.*.status.conditions": [
        { type: "Ready", status: "Unknown", lastTransitionTime: ago(240) },
      ],
    },
  },
  {
    cause: "scheduling-gate",
    title: "a gate",
    set: {
      ...unscheduled("Scheduling is blocked due to non-empty scheduling gates"),
      "pods.*.spec.schedulingGates": [{ name: "example.com/quota" }],
    },
  },
  {
    cause: "not-scheduled",
    title: "no CPU",
    set: unscheduled(
      "0/3 nodes are available: 2 Insufficient cpu, 1 node(s) had untolerated taint {gpu: }",
    ),
  },
  {
    cause: "volume-not-bound",
    title: "the message tells",
    set: unscheduled("0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims"),
  },
  {
    cause: "volume-not-bound",
    title: "the claim tells",
    set: {
      ...unscheduled("0/3 nodes are available: 3 node(s) did not match"),
      "pods.*.spec.volumes": [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
      persistentVolumeClaims: [PENDING_CLAIM],
    },
  },
  {
    cause: "volume-attached-elsewhere",
    title: "multi-attach",
    set: {
      ...waiting("ContainerCreating"),
      events: podEvents(
        "FailedAttachVolume",
        'Multi-Attach error for volume "pvc-1": Volume is already exclusively attached to one node',
      ),
    },
  },
  {
    cause: "volume-not-mounted",
    title: "the driver fails",
    set: {
      ...waiting("ContainerCreating"),
      events: podEvents(
        "FailedMount",
        'MountVolume.SetUp failed for volume "nfs": mount failed: exit status 32',
      ),
    },
  },
  {
    cause: "no-pod-address",
    title: "none is left",
    set: {
      ...waiting("ContainerCreating"),
      "pods.*.status.podIP": undefined,
      "pods.*.status.podIPs": undefined,
      events: podEvents("FailedCreatePodSandBox", "failed to assign an IP address to container"),
    },
  },
  {
    cause: "configuration-missing",
    title: "a key",
    set: waiting("CreateContainerConfigError", "couldn't find key url in ConfigMap shop/db"),
  },
  {
    cause: "configuration-missing",
    title: "a mounted Secret",
    set: {
      ...waiting("ContainerCreating"),
      events: podEvents(
        "FailedMount",
        'MountVolume.SetUp failed for volume "tls": secret "tls" not found',
      ),
    },
  },
  {
    cause: "image-not-pulled",
    title: "back-off",
    set: waiting("ImagePullBackOff", 'Back-off pulling image "registry.example.com/web:1.9"'),
  },
  {
    cause: "image-not-pulled",
    title: "invalid name",
    set: waiting("InvalidImageName", "couldn't parse image name"),
  },
  {
    cause: "init-container-stuck",
    title: "it still runs",
    set: {
      ...waiting("PodInitializing"),
      "pods.*.status.initContainerStatuses": [
        { name: "migrate", ready: false, state: { running: { startedAt: ago(720) } } },
      ],
    },
  },
  {
    cause: "init-container-stuck",
    title: "it crashes",
    set: {
      ...waiting("PodInitializing"),
      "pods.*.status.initContainerStatuses": [
        {
          name: "migrate",
          ready: false,
          ...CRASHED,
          state: { waiting: { reason: "CrashLoopBackOff" } },
        },
      ],
    },
  },
  {
    cause: "out-of-memory",
    title: "six times",
    set: waiting("CrashLoopBackOff", "back-off", {
      restartCount: 6,
      lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } },
    }),
  },
  {
    cause: "crash-loop",
    title: "exit code 1",
    set: waiting("CrashLoopBackOff", "back-off 5m0s", CRASHED),
  },
  {
    cause: "crash-loop",
    title: "between two starts",
    set: {
      ...UNREADY,
      "pods.*.status.containerStatuses.0": {
        name: "web",
        ready: false,
        ...CRASHED,
        state: { terminated: { exitCode: 2, reason: "Error", message: "no DB_URL" } },
      },
    },
  },
  {
    cause: "liveness-probe-kills",
    title: "too slow",
    set: {
      ...waiting("CrashLoopBackOff", "back-off", CRASHED),
      events: [
        ...podEvents("Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 500"),
        ...podEvents("Killing", "Container web failed liveness probe, will be restarted", "Normal"),
      ],
    },
  },
  ...[
    ["the probe of another container", "Container envoy failed liveness probe", ago(20), ago(10)],
    ["a probe long ago", "Container web failed liveness probe", ago(20), ago(3000)],
    ["nobody's probe", "Stopping container web", ago(20), ago(10)],
  ].map(([title = "", message = "", finishedAt, lastTimestamp]) => ({
    cause: "crash-loop",
    title: `after a kill by ${title}`,
    set: {
      ...waiting("CrashLoopBackOff", "back-off", {
        restartCount: 7,
        lastState: { terminated: { exitCode: 1, reason: "Error", finishedAt } },
      }),
      events: [
        ...podEvents("Unhealthy", "Liveness probe failed: 500"),
        ...podEvents("Killing", message, "Normal"),
      ].map((event) => ({ ...event, lastTimestamp })),
    },
  })),
  ...[
    "failed to sync configmap cache: timed out waiting for the condition",
    "services have not yet been read at least once, cannot construct envvars",
  ].map((message) => ({
    cause: "still-starting",
    title: message,
    set: waiting("CreateContainerConfigError", message),
  })),
  {
    cause: "pod-not-ready",
    title: "40 s in the queue of the cluster's own scheduler",
    set: {
      "pods.*.spec.nodeName": undefined,
      "pods.*.metadata.creationTimestamp": ago(40),
      "pods.*.status": { phase: "Pending" },
      ...NO_ENDPOINTS,
    },
  },
  {
    cause: "container-cannot-start",
    title: "no such command",
    set: waiting("RunContainerError", 'exec: "/app": no such file or directory'),
  },
  {
    cause: "readiness-gate-unmet",
    title: "nobody set it",
    set: {
      ...UNREADY,
      "pods.*.spec.readinessGates": [{ conditionType: "example.com/warm" }],
      "pods.*.status.conditions.1.status": "True",
      "pods.*.status.containerStatuses.0.ready": true,
    },
  },
  {
    cause: "listens-elsewhere",
    title: "refused",
    set: {
      ...UNREADY,
      events: podEvents(
        "Unhealthy",
        'Readiness probe failed: Get "http://10.244.1.5:8080/ready": dial tcp 10.244.1.5:8080: connect: connection refused',
      ),
    },
  },
  { cause: "still-starting", title: "20 s of 300 s", set: STARTING },
  {
    cause: "still-starting",
    title: "refused within its time",
    set: {
      ...STARTING,
      events: podEvents(
        "Unhealthy",
        "Startup probe failed: dial tcp 10.244.1.5:8080: connect: connection refused",
      ),
    },
  },
  {
    cause: "readiness-probe-fails",
    title: "503",
    set: {
      ...UNREADY,
      events: podEvents(
        "Unhealthy",
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
      ),
    },
  },
  { cause: "readiness-probe-fails", title: "no event is left", set: UNREADY },
  {
    cause: "readiness-probe-fails",
    title: "events of a namesake",
    set: {
      ...UNREADY,
      events: podEvents("Unhealthy", "connection refused").map((it) => ({
        ...it,
        involvedObject: { kind: "Pod", name: "web-a", uid: "another" },
      })),
    },
  },
  {
    cause: "pod-not-ready",
    title: "nothing tells why",
    set: { ...UNREADY, "pods.*.status.containerStatuses": [] },
  },
  {
    cause: "quota-refuses-pods",
    title: "cpu",
    set: refused(
      'pods "web-1" is forbidden: exceeded quota: cpu, requested: cpu=1, used: cpu=4, limited: cpu=4',
    ),
  },
  {
    cause: "quota-refuses-pods",
    title: "a limit range",
    set: refused('pods "web-1" is forbidden: maximum cpu usage per Container is 1, but limit is 2'),
  },
  {
    cause: "pod-security-refuses-pods",
    title: "restricted",
    set: refused(
      'pods "web-1" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
    ),
  },
  {
    cause: "webhook-refuses-pods",
    title: "down",
    set: refused(
      'Internal error occurred: failed calling webhook "x.example.com": no endpoints available',
    ),
  },
  {
    cause: "service-account-missing",
    title: "robot",
    set: refused(
      'pods "web-1" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found',
    ),
  },
  {
    cause: "pods-not-created",
    title: "another reason",
    set: refused('Pod "web-1" is invalid: spec.priority: Forbidden'),
  },
  {
    cause: "zero-replicas",
    title: "by kubectl",
    set: {
      ...NO_PODS,
      "deployments.0.spec.replicas": 0,
      "deployments.0.metadata.managedFields": [
        { manager: "kubectl", subresource: "scale", time: ago(86_400) },
      ],
    },
  },
  {
    cause: "rollout-paused",
    title: "and the Pods are gone",
    set: { ...NO_PODS, "deployments.0.spec.paused": true },
  },
  {
    cause: "rollout-stuck",
    title: "nothing else tells",
    set: {
      ...NO_PODS,
      "deployments.0.status.conditions": [
        {
          type: "Progressing",
          status: "False",
          reason: "ProgressDeadlineExceeded",
          message: 'ReplicaSet "web-1" has timed out progressing.',
        },
      ],
    },
  },
  { cause: "no-pods-made", title: "silence", set: NO_PODS },
  {
    cause: "autoscaler-at-maximum",
    title: "wants more",
    set: {
      horizontalPodAutoscalers: scaler([
        { type: "ScalingLimited", status: "True", reason: "TooManyReplicas" },
      ]),
    },
  },
  {
    cause: "autoscaler-without-metrics",
    title: "no metrics server",
    set: {
      horizontalPodAutoscalers: scaler([
        {
          type: "ScalingActive",
          status: "False",
          reason: "FailedGetResourceMetric",
          message: "no metrics returned from resource metrics API",
        },
      ]),
    },
  },
];
