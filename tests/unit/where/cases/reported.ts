import {
  BALANCER,
  ingress,
  manual,
  NO_PODS,
  NODE_PORT,
  PENDING,
  podEvents,
  policy,
  serviceEvent,
  UNREADY,
  unscheduled,
  waiting,
} from "./breakages.ts";
import type { BrokenCase, Case } from "./case.ts";
import { ago, endpoint, pod } from "./healthy-state.ts";

// States as users tell of them in trackers and forums, written down before anybody looked at what the rules make of them.

const CRASHING = {
  restartCount: 12,
  state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed" } },
};
const NOT_READY_NODE = {
  type: "Ready",
  status: "False",
  reason: "KubeletNotReady",
  message: "container runtime is down",
  lastTransitionTime: ago(600),
};
const ALB_REDIRECT = {
  metadata: {
    name: "front",
    namespace: "shop",
    annotations: {
      "kubernetes.io/ingress.class": "alb",
      "alb.ingress.kubernetes.io/actions.ssl-redirect": '{"Type": "redirect"}',
    },
  },
  spec: {
    rules: [
      {
        http: {
          paths: [
            {
              path: "/*",
              backend: { service: { name: "ssl-redirect", port: { name: "use-annotation" } } },
            },
            { path: "/*", backend: { service: { name: "web", port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
};

/** Broken states, each with the cause that a person found. */
export const REPORTED_BROKEN: readonly BrokenCase[] = [
  {
    cause: "selector-matches-no-pod",
    title: "a chart has renamed the instance",
    set: {
      "services.0.spec.selector": { app: "web", "app.kubernetes.io/instance": "web-prod" },
      "endpointSlices.0.endpoints": [],
    },
  },
  {
    cause: "container-cannot-start",
    title: "runAsNonRoot and an image of root",
    set: waiting(
      "CreateContainerConfigError",
      'container has runAsNonRoot and image will run as root (pod: "web-a_shop(1)", container: web)',
    ),
  },
  {
    cause: "load-balancer-controller-error",
    title: "no subnet has the tag",
    set: {
      ...PENDING,
      events: [
        serviceEvent(
          "SyncLoadBalancerFailed",
          "Error syncing load balancer: failed to ensure load balancer: could not find any suitable subnets for creating the ELB",
        ),
      ],
    },
  },
  {
    cause: "image-not-pulled",
    title: "the limit of pulls",
    set: {
      ...waiting("ImagePullBackOff", 'Back-off pulling image "nginx:latest"'),
      events: podEvents(
        "Failed",
        'Failed to pull image "nginx:latest": toomanyrequests: You have reached your pull rate limit',
      ),
    },
  },
  { cause: "image-not-pulled", title: "the name is invalid", set: waiting("InvalidImageName") },
  { cause: "image-not-pulled", title: "never pulled", set: waiting("ErrImageNeverPull") },
  {
    cause: "crash-loop",
    title: "an image of another architecture",
    set: waiting("CrashLoopBackOff", "back-off 5m0s", {
      ...CRASHING,
      lastState: { terminated: { exitCode: 255, reason: "Error" } },
    }),
  },
  {
    cause: "out-of-memory",
    title: "it runs again, and not long enough to be ready",
    set: {
      ...UNREADY,
      "pods.*.status.containerStatuses.0": {
        name: "web",
        ready: false,
        restartCount: 12,
        state: { running: { startedAt: ago(40) } },
        lastState: { terminated: { exitCode: 137, reason: "OOMKilled", finishedAt: ago(45) } },
      },
    },
  },
  {
    cause: "not-scheduled",
    title: "evicted by disk pressure, and the new ones find no node",
    set: {
      ...unscheduled(
        "0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }",
      ),
      "pods.3": {
        metadata: { name: "web-old", namespace: "shop", labels: { app: "web" } },
        status: { phase: "Failed", reason: "Evicted" },
      },
    },
  },
  {
    cause: "not-scheduled",
    title: "a scheduler that nobody runs",
    set: {
      "pods.*.spec.nodeName": undefined,
      "pods.*.spec.schedulerName": "gpu-scheduler",
      "pods.*.metadata.creationTimestamp": ago(900),
      "pods.*.status": { phase: "Pending" },
      "endpointSlices.0.endpoints": [],
    },
  },
  {
    cause: "readiness-probe-fails",
    title: "the proxy of a mesh is not ready beside the application",
    set: {
      ...UNREADY,
      "pods.*.status.containerStatuses.0.ready": true,
      "pods.*.spec.containers.1": {
        name: "istio-proxy",
        readinessProbe: { httpGet: { path: "/healthz/ready", port: 15_021 } },
      },
      "pods.*.status.containerStatuses.1": {
        name: "istio-proxy",
        ready: false,
        restartCount: 0,
        state: { running: { startedAt: ago(3_000) } },
      },
      events: podEvents(
        "Unhealthy",
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
      ),
    },
  },
  {
    cause: "webhook-refuses-pods",
    title: "only the ReplicaSet's events tell",
    set: {
      ...NO_PODS,
      "replicaSets.0.status": { replicas: 0 },
      events: [
        {
          metadata: { name: "web.1", namespace: "shop" },
          involvedObject: { kind: "ReplicaSet", name: "web-6d4b75cb6d", uid: "uid-rs-web" },
          type: "Warning",
          reason: "FailedCreate",
          message:
            'Error creating: admission webhook "validate.kyverno.svc-fail" denied the request: resource Pod was blocked',
          lastTimestamp: ago(10),
        },
      ],
    },
  },
  {
    cause: "liveness-probe-kills",
    title: "the application starts more slowly than its probe allows",
    set: {
      ...waiting("CrashLoopBackOff", "back-off 2m40s", {
        ...CRASHING,
        lastState: { terminated: { exitCode: 143, reason: "Error" } },
      }),
      events: podEvents(
        "Killing",
        "Container web failed liveness probe, will be restarted",
        "Normal",
      ),
    },
  },
  {
    cause: "node-lost",
    title: "the runtime of every node is down",
    set: { ...UNREADY, "nodes.*.status.conditions": [NOT_READY_NODE] },
  },
  {
    cause: "configuration-missing",
    title: "a mounted ConfigMap",
    set: {
      ...waiting("ContainerCreating"),
      events: podEvents(
        "FailedMount",
        'MountVolume.SetUp failed for volume "config": configmap "web-config" not found',
      ),
    },
  },
];

/** Healthy states of which other tools said that something was wrong. */
export const REPORTED_HEALTHY: readonly Case[] = [
  {
    title: "thirty restarts that ended days ago",
    set: { "pods.*.status.containerStatuses.0.restartCount": 30 },
  },
  {
    title: "a Pod that waits for a node of the autoscaler since half a minute",
    set: {
      "pods.3": {
        metadata: {
          name: "web-d",
          namespace: "shop",
          labels: { app: "web" },
          creationTimestamp: ago(30),
        },
        spec: {
          containers: [{ name: "web", ports: [{ name: "http", containerPort: 8080 }] }],
        },
        status: {
          phase: "Pending",
          conditions: [
            {
              type: "PodScheduled",
              status: "False",
              reason: "Unschedulable",
              lastTransitionTime: ago(30),
            },
          ],
        },
      },
    },
  },
  {
    title: "Pods that a node's shutdown has ended, and that were replaced",
    set: {
      "pods.3": {
        metadata: { name: "web-old", namespace: "shop", labels: { app: "web" } },
        spec: { nodeName: "n1" },
        status: { phase: "Failed", reason: "Terminated", message: "Pod was terminated" },
      },
    },
  },
  {
    title: "a node port of a cluster without kube-proxy",
    set: NODE_PORT,
  },
  {
    title: "a load balancer that must keep sessions",
    set: { ...BALANCER, "services.0.spec.sessionAffinity": "ClientIP" },
  },
  {
    title: "a node port that must keep sessions",
    set: { ...NODE_PORT, "services.0.spec.sessionAffinity": "ClientIP" },
  },
  {
    title: "a load balancer for the internet by annotation",
    set: {
      ...BALANCER,
      "services.0.metadata.annotations": {
        "service.beta.kubernetes.io/aws-load-balancer-type": "external",
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      },
      "services.0.status.loadBalancer": {
        ingress: [{ hostname: "k8s-shop-web-1.elb.eu-west-1.amazonaws.com" }],
      },
    },
  },
  {
    title: "not internal by annotation",
    set: {
      ...BALANCER,
      "services.0.metadata.annotations": {
        "service.beta.kubernetes.io/azure-load-balancer-internal": "false",
      },
    },
  },
  {
    title: "Endpoints that somebody wrote and a controller mirrors",
    set: {
      ...manual("192.168.7.20"),
      "endpointSlices.0.metadata.labels": {
        "kubernetes.io/service-name": "web",
        "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io",
      },
    },
  },
  {
    title: "an Ingress whose other path is an action of the ALB",
    set: { ingresses: [ALB_REDIRECT] },
    asked: { kind: "Ingress", name: "front" },
  },
  {
    title: "an Ingress with the class in an annotation and no IngressClass",
    set: { ingresses: [ALB_REDIRECT], ingressClasses: [] },
  },
  {
    title: "readiness gates that are met",
    set: {
      "pods.*.spec.readinessGates": [{ conditionType: "target-health.elbv2.k8s.aws/k8s-1" }],
      "pods.*.status.conditions.4": {
        type: "target-health.elbv2.k8s.aws/k8s-1",
        status: "True",
      },
    },
  },
  {
    title: "Pods that were refused once, and are all there now",
    set: {
      events: [
        {
          metadata: { name: "web.1", namespace: "shop" },
          involvedObject: { kind: "ReplicaSet", name: "web-6d4b75cb6d", uid: "uid-rs-web" },
          type: "Warning",
          reason: "FailedCreate",
          message: "Error creating: pods is forbidden: exceeded quota: compute",
          lastTimestamp: ago(600),
        },
      ],
    },
  },
  {
    title: "a debug Pod that borrows the labels and is ready",
    set: {
      "pods.3": {
        ...pod("web-debug", "n1", "10.244.1.77"),
        metadata: {
          name: "web-debug",
          namespace: "shop",
          uid: "uid-web-debug",
          labels: { app: "web" },
        },
      },
      "endpointSlices.0.endpoints.3": endpoint("web-debug", "n1", "10.244.1.77"),
    },
  },
  {
    title: "deny all, and a policy for the controller of the Ingress",
    set: {
      ingresses: [ingress({ number: 80 })],
      ingressClasses: [{ metadata: { name: "nginx" } }],
      networkPolicies: [
        policy("deny", { podSelector: {}, policyTypes: ["Ingress"] }),
        policy("from-ingress", {
          podSelector: { matchLabels: { app: "web" } },
          policyTypes: ["Ingress"],
          ingress: [
            {
              from: [
                {
                  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } },
                },
              ],
            },
          ],
        }),
      ],
    },
  },
];
