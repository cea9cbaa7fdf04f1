import { BALANCER, manual, NO_ENDPOINTS, NO_PODS, policy, UNREADY } from "./breakages.ts";
import type { BrokenCase } from "./case.ts";
import { ago, endpoint, pod } from "./healthy-state.ts";

const OTHER_PORT = [{ name: "web", containerPort: 3000 }];
const CALLER = pod("shell", "n1", "10.244.1.9", { app: "shell" });
const FROM = { pod: { namespace: "shop", name: "shell" } };
const ALL = { podSelector: {} };

/** Services, endpoints and network policies. */
export const BROKEN_SERVICES: readonly BrokenCase[] = [
  { cause: "port-not-served", title: "8080", set: {}, asked: { port: 8080 } },
  {
    cause: "headless-port-not-translated",
    title: "80 to 8080",
    set: { "services.0.spec.clusterIP": "None" },
  },
  {
    cause: "headless-port-not-translated",
    title: "80 is called",
    set: { "services.0.spec.clusterIP": "None" },
    asked: { port: 80 },
  },
  {
    cause: "selector-matches-no-pod",
    title: "another value",
    set: {
      ...NO_ENDPOINTS,
      "pods.*.metadata.labels": { app: "webshop" },
      deployments: [],
      replicaSets: [],
    },
  },
  {
    cause: "selector-matches-no-pod",
    title: "a label is absent",
    set: { ...NO_ENDPOINTS, "services.0.spec.selector": { app: "web", tier: "front" } },
  },
  {
    cause: "selector-matches-no-pod",
    title: "an empty namespace",
    set: { ...NO_PODS, deployments: [], replicaSets: [] },
  },
  {
    cause: "pods-in-another-namespace",
    title: "billing",
    set: {
      ...NO_ENDPOINTS,
      "pods.*.metadata.namespace": "billing",
      deployments: [],
      replicaSets: [],
    },
  },
  {
    cause: "no-selector-no-endpoints",
    title: "nobody wrote any",
    set: { ...manual("10.0.0.1"), ...NO_ENDPOINTS },
  },
  {
    cause: "manual-endpoint-stale",
    title: "the Pod is gone",
    set: manual("10.244.9.9", { kind: "Pod", name: "gone", namespace: "shop" }),
  },
  { cause: "manual-endpoint-stale", title: "a Pod address of nobody", set: manual("10.244.9.9") },
  {
    cause: "manual-endpoint-port-name",
    title: "web",
    set: { ...manual("192.0.2.7"), "endpointSlices.0.ports.0.name": "web" },
  },
  {
    cause: "selector-matches-two-apps",
    title: "redis too",
    set: {
      "services.0.spec.selector": { tier: "x" },
      "services.0.spec.ports.0.targetPort": 8080,
      "pods.*.metadata.labels.tier": "x",
      "pods.2.metadata.labels": { app: "redis", tier: "x" },
      "pods.2.metadata.ownerReferences": [{ kind: "StatefulSet", name: "redis", controller: true }],
      "pods.2.spec.containers.0.image": "redis:8",
    },
  },
  {
    cause: "only-finished-pods",
    title: "of a Job",
    set: { ...NO_ENDPOINTS, "pods.*.status.phase": "Succeeded", deployments: [], replicaSets: [] },
  },
  {
    cause: "target-port-name-missing",
    title: "web, not http",
    set: { "pods.*.spec.containers.0.ports": OTHER_PORT, "endpointSlices.0.ports": [] },
  },
  {
    cause: "target-port-name-differs",
    title: "one Pod has another name",
    set: { "pods.2.spec.containers.0.ports": OTHER_PORT },
  },
  {
    cause: "target-port-undeclared",
    title: "3000 is declared",
    set: { "services.0.spec.ports.0.targetPort": 9000, "endpointSlices.0.ports.0.port": 9000 },
  },
  {
    cause: "protocol-mismatch",
    title: "by name",
    set: { "services.0.spec.ports.0.protocol": "UDP", "endpointSlices.0.ports": [] },
  },
  {
    cause: "protocol-mismatch",
    title: "by number",
    set: {
      "services.0.spec.ports.0": { name: "http", port: 80, targetPort: 8080, protocol: "UDP" },
      "endpointSlices.0.ports.0.protocol": "UDP",
    },
  },
  {
    cause: "address-family-mismatch",
    title: "IPv6 only",
    set: { ...NO_ENDPOINTS, "services.0.spec.ipFamilies": ["IPv6"] },
  },
  { cause: "slices-behind", title: "none has the Pods", set: NO_ENDPOINTS },
  {
    cause: "slices-behind",
    title: "one Pod is absent",
    set: {
      "endpointSlices.0.endpoints": [
        endpoint("web-a", "n1", "10.244.1.5"),
        endpoint("web-b", "n2", "10.244.2.5"),
      ],
    },
  },
  {
    cause: "all-endpoints-terminating",
    title: "and no new Pod",
    set: {
      "pods.*.metadata.deletionTimestamp": ago(5),
      deployments: [],
      "endpointSlices.0.endpoints.*.conditions": { ready: false, serving: true, terminating: true },
    },
  },
  {
    cause: "unready-pods-served",
    title: "on purpose",
    set: {
      ...UNREADY,
      "services.0.spec.publishNotReadyAddresses": true,
      "endpointSlices.0.endpoints.*.conditions": { ready: true },
    },
  },
  {
    cause: "session-affinity-skew",
    title: "behind a load balancer",
    set: { ...BALANCER, "services.0.spec.sessionAffinity": "ClientIP" },
    asked: { from: { ip: "203.0.113.9" } },
  },
  {
    cause: "pod-calls-itself",
    title: "the only endpoint",
    set: {
      "pods.1": undefined,
      "pods.2": undefined,
      "endpointSlices.0.endpoints": [endpoint("web-a", "n1", "10.244.1.5")],
      "deployments.0.spec.replicas": 1,
    },
    asked: { from: { pod: { namespace: "shop", name: "web-a" } } },
  },
  {
    cause: "partial-outage",
    title: "one of three",
    set: {
      "pods.2.status.conditions": [
        { type: "Ready", status: "False", lastTransitionTime: ago(600) },
      ],
      "pods.2.status.containerStatuses.0": {
        name: "web",
        ready: false,
        restartCount: 7,
        state: { waiting: { reason: "CrashLoopBackOff" } },
        lastState: { terminated: { exitCode: 1, reason: "Error" } },
      },
      "endpointSlices.0.endpoints.2.conditions": { ready: false },
    },
  },
  {
    cause: "policy-admits-nobody",
    title: "deny all",
    set: { networkPolicies: [policy("deny-all", { ...ALL, policyTypes: ["Ingress"] })] },
  },
  {
    cause: "policy-admits-nobody",
    title: "another port only",
    set: {
      networkPolicies: [policy("metrics", { ...ALL, ingress: [{ ports: [{ port: 9090 }] }] })],
    },
  },
  {
    cause: "policy-excludes-caller",
    title: "only api may",
    set: {
      "pods.3": CALLER,
      networkPolicies: [
        policy("api", {
          ...ALL,
          ingress: [{ from: [{ podSelector: { matchLabels: { app: "api" } } }] }],
        }),
      ],
    },
    asked: { from: FROM },
  },
  {
    cause: "policy-excludes-caller",
    title: "another namespace",
    set: {
      networkPolicies: [policy("own", { ...ALL, ingress: [{ from: [{ podSelector: {} }] }] })],
    },
    asked: { from: { namespace: "billing" } },
  },
  {
    cause: "policy-excludes-caller",
    title: "an address",
    set: {
      networkPolicies: [
        policy("lan", {
          ...ALL,
          ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.9.0.0/16"] } }] }],
        }),
      ],
    },
    asked: { from: { ip: "10.9.1.1" } },
  },
  {
    cause: "egress-policy-blocks-dns",
    title: "only the Pods",
    set: {
      "pods.3": CALLER,
      networkPolicies: [
        policy("out", {
          podSelector: { matchLabels: { app: "shell" } },
          policyTypes: ["Egress"],
          egress: [{ to: [{ podSelector: {} }], ports: [{ port: 8080 }] }],
        }),
      ],
    },
    asked: { from: FROM },
  },
  {
    cause: "egress-policy-blocks-call",
    title: "only DNS",
    set: {
      "pods.3": CALLER,
      networkPolicies: [
        policy("out", {
          podSelector: { matchLabels: { app: "shell" } },
          policyTypes: ["Egress"],
          egress: [{ ports: [{ port: 53, protocol: "UDP" }] }],
        }),
      ],
    },
    asked: { from: FROM },
  },
  {
    cause: "policy-undecided",
    title: "labels of a namespace",
    set: {
      networkPolicies: [
        policy("team", {
          ...ALL,
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "a" } } }] }],
        }),
      ],
    },
    asked: { from: { namespace: "billing" } },
  },
  { cause: "policy-undecided", title: "the caller is not there", set: {}, asked: { from: FROM } },
  {
    cause: "foreign-policy",
    title: "Cilium",
    set: {
      foreignPolicies: [
        {
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { name: "l7", namespace: "shop" },
          spec: { endpointSelector: { matchLabels: { "k8s:app": "web" } } },
        },
      ],
    },
  },
  {
    cause: "not-seen",
    title: "policies are forbidden",
    set: { networkPolicies: undefined },
    notSeen: [{ kind: "networkPolicies", namespace: "shop", reason: "forbidden" }],
  },
  {
    cause: "not-seen",
    title: "a recording lacks the Services",
    set: { services: undefined },
  },
  {
    cause: "not-seen",
    title: "a recording lacks the EndpointSlices",
    set: { endpointSlices: undefined },
  },
  {
    cause: "object-not-found",
    title: "a Deployment",
    set: { deployments: [], replicaSets: [], pods: [], services: [] },
    asked: { kind: "Deployment", name: "nope" },
    missing: [{ kind: "deployments", namespace: "shop", name: "nope" }],
  },
  {
    cause: "object-not-found",
    title: "an Ingress",
    set: { ingresses: [] },
    asked: { kind: "Ingress", name: "nope" },
    missing: [{ kind: "ingresses", namespace: "shop", name: "nope" }],
  },
];
