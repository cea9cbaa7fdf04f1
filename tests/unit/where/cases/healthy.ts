import {
  BALANCER,
  ingress,
  manual,
  NO_PODS,
  NODE_PORT,
  podEvents,
  policy,
  serviceEvent,
} from "./breakages.ts";
import type { Case } from "./case.ts";
import { ago, endpoint, node, pod } from "./healthy-state.ts";

const ANNOTATIONS = "services.0.metadata.annotations";
const SIDECAR = {
  name: "mesh",
  image: "mesh:1",
  restartPolicy: "Always",
  ports: [{ name: "mesh", containerPort: 15_001 }],
};
const JOB = {
  metadata: {
    name: "job-1",
    namespace: "shop",
    labels: { app: "web" },
    ownerReferences: [{ kind: "Job", name: "job" }],
  },
  status: { phase: "Succeeded" },
};
const CALLER = pod("shell", "n1", "10.244.1.9", { app: "shell" });
const FROM = { pod: { namespace: "shop", name: "shell" } };
const ALL = { podSelector: {} };
const CLASS = {
  metadata: {
    name: "nginx",
    annotations: { "ingressclass.kubernetes.io/is-default-class": "true" },
  },
};
const HEADLESS = { "services.0.spec.clusterIP": "None", "services.0.spec.ports.0.port": 8080 };
const ROLLING = {
  "pods.3": {
    metadata: {
      name: "web-new",
      namespace: "shop",
      uid: "uid-new",
      creationTimestamp: ago(8),
      labels: { app: "web" },
    },
    spec: {
      nodeName: "n1",
      containers: [{ name: "web", ports: [{ name: "http", containerPort: 8080 }] }],
    },
    status: {
      phase: "Running",
      conditions: [{ type: "Ready", status: "False", lastTransitionTime: ago(8) }],
      containerStatuses: [
        { name: "web", ready: false, restartCount: 0, state: { running: { startedAt: ago(3) } } },
      ],
    },
  },
};
const STATEFUL = {
  "services.1": { metadata: { name: "web-pods", namespace: "shop" }, spec: { clusterIP: "None" } },
  deployments: [],
  replicaSets: [],
  "pods.*.metadata.ownerReferences": [{ kind: "StatefulSet", name: "web", controller: true }],
  statefulSets: [
    {
      metadata: { name: "web", namespace: "shop" },
      spec: { replicas: 3, serviceName: "web-pods" },
    },
  ],
};

/** Services that work, however odd they look. */
export const HEALTHY: readonly Case[] = [
  { title: "a Deployment with three ready Pods", set: {} },
  { title: "the port that is called is served", set: {}, asked: { port: 80 } },
  {
    title: "an ExternalName",
    set: { "services.0.spec": { type: "ExternalName", externalName: "api.example.com" } },
  },
  {
    title: "an ExternalName with a final dot",
    set: { "services.0.spec": { type: "ExternalName", externalName: "api.example.com." } },
  },
  {
    title: "an ExternalName with an underscore",
    set: { "services.0.spec": { type: "ExternalName", externalName: "_sip.example.com" } },
  },
  {
    title: "an ExternalName of this cluster",
    set: {
      "services.0.spec": { type: "ExternalName", externalName: "pay.billing.svc.cluster.local" },
    },
  },
  {
    title: "an ExternalName with ports",
    set: {
      "services.0.spec": {
        type: "ExternalName",
        externalName: "db.example.com",
        ports: [{ port: 5432 }],
      },
    },
  },
  {
    title: "an ExternalName while Pods are not allowed to be read",
    set: {
      pods: undefined,
      "services.0.spec": { type: "ExternalName", externalName: "db.example.com" },
    },
    notSeen: [{ kind: "pods", namespace: "shop", reason: "forbidden" }],
  },
  { title: "headless with the port of the Pods", set: HEADLESS },
  {
    title: "headless without ports",
    set: { "services.0.spec.clusterIP": "None", "services.0.spec.ports": undefined },
  },
  { title: "headless of a StatefulSet", set: { ...STATEFUL, ...HEADLESS } },
  { title: "a StatefulSet behind a Service of its own", set: STATEFUL },
  {
    title: "a StatefulSet without serviceName",
    set: { ...STATEFUL, "statefulSets.0.spec.serviceName": "" },
  },
  {
    title: "headless that publishes all addresses, all ready",
    set: { ...HEADLESS, "services.0.spec.publishNotReadyAddresses": true },
  },
  { title: "no selector and a slice by hand", set: manual("192.0.2.7") },
  {
    title: "no selector and a host name",
    set: { ...manual("db.example.com"), "endpointSlices.0.addressType": "FQDN" },
  },
  { title: "no selector and the address of a Pod", set: manual("10.244.1.5") },
  {
    title: "no selector and a reference to a Pod",
    set: manual("10.244.1.5", { kind: "Pod", name: "web-a", namespace: "shop" }),
  },
  {
    title: "no selector and a condition that is absent",
    set: { ...manual("192.0.2.7"), "endpointSlices.0.endpoints.0.conditions": {} },
  },
  {
    title: "conditions of endpoints are absent: nil is ready",
    set: { "endpointSlices.0.endpoints.*.conditions": undefined },
  },
  {
    title: "a native sidecar",
    set: {
      "pods.*.spec.initContainers": [SIDECAR],
      "pods.*.status.initContainerStatuses": [
        { name: "mesh", ready: true, started: true, state: { running: { startedAt: ago(90) } } },
      ],
    },
  },
  {
    title: "a native sidecar serves the port",
    set: { "pods.*.spec.initContainers": [SIDECAR], "services.0.spec.ports.0.targetPort": "mesh" },
  },
  {
    title: "an init container that has ended",
    set: {
      "pods.*.status.initContainerStatuses": [
        { name: "migrate", ready: true, state: { terminated: { exitCode: 0 } } },
      ],
    },
  },
  { title: "a finished Pod of a Job", set: { "pods.3": JOB } },
  { title: "a failed Pod of a Job", set: { "pods.3": { ...JOB, status: { phase: "Failed" } } } },
  {
    title: "an evicted Pod that was replaced",
    set: { "pods.3": { ...JOB, status: { phase: "Failed", reason: "Evicted" } } },
  },
  {
    title: "a Pod that shuts down",
    set: {
      "pods.2.metadata.deletionTimestamp": ago(3),
      "endpointSlices.0.endpoints.2.conditions": { ready: false, serving: true, terminating: true },
    },
  },
  { title: "a rollout with a young Pod", set: ROLLING },
  {
    title: "a Pod within its startup window",
    set: {
      ...ROLLING,
      "pods.3.spec.containers.0.startupProbe": { failureThreshold: 30, periodSeconds: 10 },
      "pods.3.metadata.creationTimestamp": ago(200),
      "pods.3.status.conditions.0.lastTransitionTime": ago(200),
      "pods.3.status.containerStatuses.0.state.running.startedAt": ago(190),
    },
  },
  {
    title: "a Pod that restarted once and runs",
    set: {
      "pods.0.status.containerStatuses.0.restartCount": 1,
      "pods.0.status.containerStatuses.0.lastState": {
        terminated: { exitCode: 137, reason: "OOMKilled" },
      },
    },
  },
  {
    title: "a Pod whose probe failed long ago",
    set: { events: podEvents("Unhealthy", "Readiness probe failed: connection refused") },
  },
  {
    title: "containers that declare no port",
    set: {
      "services.0.spec.ports.0.targetPort": 8080,
      "pods.*.spec.containers.0.ports": undefined,
      "pods.*.spec.containers.0.readinessProbe": undefined,
    },
  },
  {
    title: "an undeclared port that the readiness probe reaches",
    set: {
      "services.0.spec.ports.0.targetPort": 9000,
      "endpointSlices.0.ports.0.port": 9000,
      "pods.*.spec.containers.0.readinessProbe": { tcpSocket: { port: 9000 } },
    },
  },
  {
    title: "targetPort is absent",
    set: { "services.0.spec.ports.0": { name: "http", port: 8080 } },
  },
  {
    title: "protocol is absent",
    set: {
      "services.0.spec.ports.0.protocol": undefined,
      "pods.*.spec.containers.0.ports.0.protocol": undefined,
    },
  },
  {
    title: "two ports",
    set: {
      "services.0.spec.ports.1": { name: "metrics", port: 9090, targetPort: 9090 },
      "pods.*.spec.containers.0.ports.1": { containerPort: 9090 },
      "endpointSlices.0.ports.1": { name: "metrics", port: 9090 },
    },
  },
  {
    title: "a port without a name",
    set: { "services.0.spec.ports.0.name": undefined, "endpointSlices.0.ports.0.name": "" },
  },
  {
    title: "TCP and UDP on one number",
    set: {
      "services.0.spec.ports": [
        { name: "dns", port: 53, targetPort: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, targetPort: 53 },
      ],
      "pods.*.spec.containers.0.ports": [
        { containerPort: 53, protocol: "UDP" },
        { containerPort: 53 },
      ],
      "endpointSlices.0.ports": [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53 },
      ],
    },
  },
  { title: "host network", set: { "pods.*.spec.hostNetwork": true } },
  {
    title: "dual stack",
    set: {
      "services.0.spec.ipFamilies": ["IPv4", "IPv6"],
      "services.0.spec.ipFamilyPolicy": "PreferDualStack",
    },
  },
  {
    title: "a canary of another Deployment",
    set: {
      "pods.2.metadata.ownerReferences": [
        { kind: "ReplicaSet", name: "web-canary-6d4b75cb6d", controller: true },
      ],
      "pods.2.spec.containers.0.image": "registry.example.com/web:1.5.0",
    },
  },
  {
    title: "blue and green",
    set: {
      "pods.2.metadata.labels.colour": "green",
      "pods.2.metadata.ownerReferences": [
        { kind: "ReplicaSet", name: "web-green-6d4b75cb6d", controller: true },
      ],
    },
  },
  {
    title: "Pods without an owner",
    set: { "pods.*.metadata.ownerReferences": undefined, deployments: [], replicaSets: [] },
  },
  {
    title: "a DaemonSet",
    set: {
      deployments: [],
      replicaSets: [],
      "pods.*.metadata.ownerReferences": [{ kind: "DaemonSet", name: "web", controller: true }],
      daemonSets: [
        { metadata: { name: "web", namespace: "shop" }, status: { desiredNumberScheduled: 3 } },
      ],
    },
  },
  { title: "a Deployment that is paused and complete", set: { "deployments.0.spec.paused": true } },
  {
    title: "an old ReplicaSet with nothing",
    set: {
      "replicaSets.1": {
        metadata: {
          name: "web-old",
          namespace: "shop",
          ownerReferences: [{ kind: "Deployment", name: "web" }],
        },
        spec: { replicas: 0 },
      },
    },
  },
  {
    title: "an autoscaler scales to zero on purpose",
    set: {
      ...NO_PODS,
      "deployments.0.spec.replicas": 0,
      horizontalPodAutoscalers: [
        {
          metadata: { name: "keda-hpa-web", namespace: "shop" },
          spec: { scaleTargetRef: { kind: "Deployment", name: "web" } },
          status: {
            conditions: [{ type: "ScalingActive", status: "False", reason: "ScalingDisabled" }],
          },
        },
      ],
    },
  },
  {
    title: "an autoscaler with room",
    set: {
      horizontalPodAutoscalers: [
        {
          metadata: { name: "web", namespace: "shop" },
          spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 9 },
          status: {
            conditions: [
              { type: "ScalingActive", status: "True" },
              { type: "ScalingLimited", status: "False" },
            ],
          },
        },
      ],
    },
  },
  {
    title: "session affinity inside of the cluster",
    set: { "services.0.spec.sessionAffinity": "ClientIP" },
  },
  {
    title: "session affinity that keeps addresses",
    set: {
      ...BALANCER,
      "services.0.spec.sessionAffinity": "ClientIP",
      "services.0.spec.externalTrafficPolicy": "Local",
    },
  },
  { title: "a node port", set: NODE_PORT },
  { title: "a load balancer with an address", set: BALANCER },
  {
    title: "a load balancer with a host name",
    set: {
      ...BALANCER,
      "services.0.status.loadBalancer": { ingress: [{ hostname: "x.elb.amazonaws.com" }] },
    },
  },
  {
    title: "a load balancer with Local and Pods on one node of three",
    set: {
      ...BALANCER,
      "services.0.spec.externalTrafficPolicy": "Local",
      "endpointSlices.0.endpoints": [endpoint("web-a", "n1", "10.244.1.5")],
      "pods.1": undefined,
      "pods.2": undefined,
      "deployments.0.spec.replicas": 1,
    },
  },
  {
    title: "a node port with Local and Pods on every node",
    set: { ...NODE_PORT, "services.0.spec.externalTrafficPolicy": "Local" },
  },
  {
    title: "a load balancer after an error that was repaired",
    set: { ...BALANCER, events: [serviceEvent("SyncLoadBalancerFailed", "quota exceeded")] },
  },
  {
    title: "a load balancer without node ports in front of Pods",
    set: {
      ...BALANCER,
      "services.0.spec.allocateLoadBalancerNodePorts": false,
      "services.0.spec.ports.0.nodePort": undefined,
      [ANNOTATIONS]: { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip" },
    },
  },
  {
    title: "an internal load balancer",
    set: {
      ...BALANCER,
      "services.0.status.loadBalancer": { ingress: [{ ip: "10.0.8.1" }] },
      [ANNOTATIONS]: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
    },
  },
  {
    title: "an internal load balancer with a host name",
    set: {
      ...BALANCER,
      "services.0.status.loadBalancer": { ingress: [{ hostname: "x.elb.amazonaws.com" }] },
      [ANNOTATIONS]: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
    },
  },
  {
    title: "annotations of two clouds without a class",
    set: {
      ...BALANCER,
      [ANNOTATIONS]: {
        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
        "networking.gke.io/weighted-load-balancing": "pods-per-node",
      },
    },
  },
  {
    title: "a caller within the source ranges",
    set: { ...BALANCER, "services.0.spec.loadBalancerSourceRanges": ["203.0.113.0/24"] },
    asked: { from: { ip: "203.0.113.9" } },
  },
  {
    title: "a pool with an advertisement for all",
    set: {
      ...BALANCER,
      ipAddressPools: [
        { metadata: { name: "a" }, spec: { addresses: ["203.0.113.1-203.0.113.50"] } },
      ],
      advertisements: [{ spec: {} }],
    },
  },
  {
    title: "one node of three is excluded",
    set: {
      ...BALANCER,
      "nodes.0.metadata.labels": { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
    },
  },
  {
    title: "a node without Pods of the Service is silent",
    set: {
      "nodes.3": {
        ...node("n4", "a"),
        status: { conditions: [{ type: "Ready", status: "Unknown" }] },
      },
    },
  },
  {
    title: "a silent node behind a load balancer",
    set: {
      ...BALANCER,
      "nodes.3": {
        ...node("n4", "a"),
        status: { conditions: [{ type: "Ready", status: "False" }] },
      },
    },
  },
  { title: "a cordoned node", set: { "nodes.0.spec.unschedulable": true } },
  {
    title: "internalTrafficPolicy Local with Pods on every node",
    set: { "services.0.spec.internalTrafficPolicy": "Local" },
  },
  {
    title: "internalTrafficPolicy Local called from a node with a Pod",
    set: {
      "services.0.spec.internalTrafficPolicy": "Local",
      "nodes.3": node("n4", "a"),
      "pods.3": CALLER,
    },
    asked: { from: FROM },
  },
  {
    title: "hints for every zone",
    set: {
      "endpointSlices.0.endpoints.0.hints": { forZones: [{ name: "a" }] },
      "endpointSlices.0.endpoints.1.hints": { forZones: [{ name: "b" }] },
      "endpointSlices.0.endpoints.2.hints": { forZones: [{ name: "c" }] },
    },
  },
  {
    title: "an Ingress by the number of a port",
    set: { ingresses: [ingress({ number: 80 })], ingressClasses: [CLASS] },
  },
  {
    title: "an Ingress by the name of a port",
    set: { ingresses: [ingress({ name: "http" })], ingressClasses: [CLASS] },
  },
  {
    title: "an Ingress without a class, and a default one",
    set: { ingresses: [ingress({ number: 80 }, {})], ingressClasses: [CLASS] },
  },
  {
    title: "an Ingress without an address",
    set: { ingresses: [ingress({ number: 80 })], ingressClasses: [CLASS] },
  },
  {
    title: "an Ingress of another Service with a wrong port",
    set: {
      ingresses: [
        {
          metadata: { name: "x", namespace: "shop" },
          spec: { defaultBackend: { service: { name: "api", port: { number: 1 } } } },
        },
      ],
      ingressClasses: [CLASS],
    },
  },
  {
    title: "a policy that admits some",
    set: {
      networkPolicies: [
        policy("api", {
          ...ALL,
          ingress: [{ from: [{ podSelector: { matchLabels: { app: "api" } } }] }],
        }),
      ],
    },
  },
  {
    title: "deny all with a policy that admits the caller",
    set: {
      "pods.3": CALLER,
      networkPolicies: [
        policy("deny", { ...ALL, policyTypes: ["Ingress"] }),
        policy("shell", {
          podSelector: { matchLabels: { app: "web" } },
          ingress: [
            {
              from: [{ podSelector: { matchLabels: { app: "shell" } } }],
              ports: [{ port: "http" }],
            },
          ],
        }),
      ],
    },
    asked: { from: FROM },
  },
  {
    title: "a policy for other Pods",
    set: { networkPolicies: [policy("deny-db", { podSelector: { matchLabels: { app: "db" } } })] },
  },
  {
    title: "an egress policy of the Service's Pods",
    set: { networkPolicies: [policy("out", { ...ALL, policyTypes: ["Egress"] })] },
  },
  {
    title: "a policy by the name of a namespace",
    set: {
      networkPolicies: [
        policy("billing", {
          ...ALL,
          ingress: [
            {
              from: [
                {
                  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "billing" } },
                },
              ],
            },
          ],
        }),
      ],
    },
    asked: { from: { namespace: "billing" } },
  },
  {
    title: "a policy with a range of ports",
    set: {
      networkPolicies: [
        policy("range", { ...ALL, ingress: [{ ports: [{ port: 8000, endPort: 9000 }] }] }),
      ],
    },
  },
  {
    title: "a caller that may leave to DNS and to the Pods",
    set: {
      "pods.3": CALLER,
      networkPolicies: [
        policy("out", {
          podSelector: { matchLabels: { app: "shell" } },
          policyTypes: ["Egress"],
          egress: [
            { ports: [{ port: 53, protocol: "UDP" }] },
            { to: [{ podSelector: { matchLabels: { app: "web" } } }] },
          ],
        }),
      ],
    },
    asked: { from: FROM },
  },
  {
    title: "a Cilium policy for other Pods",
    set: {
      foreignPolicies: [
        {
          kind: "CiliumNetworkPolicy",
          metadata: { name: "db", namespace: "shop" },
          spec: { endpointSelector: { matchLabels: { "k8s:app": "db" } } },
        },
      ],
    },
  },
  {
    title: "nodes are not allowed to be read",
    set: { nodes: undefined },
    notSeen: [{ kind: "nodes", reason: "forbidden" }],
  },
  {
    title: "ingresses are not allowed to be read",
    set: {},
    notSeen: [{ kind: "ingresses", namespace: "shop", reason: "forbidden" }],
  },
  {
    title: "sessions of a caller of a node port",
    set: { ...NODE_PORT, "services.0.spec.sessionAffinity": "ClientIP" },
    asked: { from: { ip: "203.0.113.9" } },
  },
  { title: "another cluster DNS", set: { "endpointSlices.1": undefined } },
  {
    title: "a Service of the same name elsewhere",
    set: {
      "services.1": {
        metadata: { name: "web", namespace: "staging", uid: "other" },
        spec: { ports: [] },
      },
    },
  },
  { title: "asked for the Deployment", set: {}, asked: { kind: "Deployment" } },
  { title: "asked for a Pod", set: {}, asked: { kind: "Pod", name: "web-b" } },
  {
    title: "asked for a Deployment that no Service selects",
    set: { services: [] },
    asked: { kind: "Deployment" },
  },
];
