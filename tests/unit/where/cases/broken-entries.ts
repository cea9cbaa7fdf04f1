import {
  BALANCER,
  ingress,
  NO_ENDPOINTS,
  NODE_PORT,
  ONE_POD,
  PENDING,
  serviceEvent,
} from "./breakages.ts";
import type { BrokenCase } from "./case.ts";
import { ago } from "./healthy-state.ts";

const ANNOTATIONS = "services.0.metadata.annotations";
const EXCLUDED = {
  "node.kubernetes.io/exclude-from-external-load-balancers": "",
};
const CLASS = { metadata: { name: "nginx" }, spec: { controller: "k8s.io/ingress-nginx" } };

/** Names, load balancers, entries and nodes. */
export const BROKEN_ENTRIES: readonly BrokenCase[] = [
  {
    cause: "service-in-another-namespace",
    title: "billing has it",
    set: { "services.0.metadata.namespace": "billing" },
  },
  { cause: "service-not-found", title: "nobody has it", set: {}, asked: { name: "wbe" } },
  { cause: "service-not-found", title: "no Service at all", set: { services: [] } },
  { cause: "cluster-dns-down", title: "no endpoint", set: { "endpointSlices.1.endpoints": [] } },
  {
    cause: "cluster-dns-down",
    title: "unready endpoint",
    set: { "endpointSlices.1.endpoints.0.conditions.ready": false },
  },
  {
    cause: "external-name-is-an-address",
    title: "IPv4",
    set: { "services.0.spec": { type: "ExternalName", externalName: "10.0.0.5" } },
  },
  {
    cause: "external-name-invalid",
    title: "a URL",
    set: {
      "services.0.spec": { type: "ExternalName", externalName: "https://api.example.com/v1" },
    },
  },
  {
    cause: "external-name-invalid",
    title: "a port",
    set: { "services.0.spec": { type: "ExternalName", externalName: "db.example.com:5432" } },
  },
  {
    cause: "external-name-target-missing",
    title: "in this cluster",
    set: {
      "services.0.spec": { type: "ExternalName", externalName: "pay.billing.svc.cluster.local" },
    },
    missing: [{ kind: "services", namespace: "billing", name: "pay" }],
  },
  {
    cause: "external-name-ignores-selector",
    title: "with a selector",
    set: {
      "services.0.spec.type": "ExternalName",
      "services.0.spec.externalName": "api.example.com",
    },
  },
  {
    cause: "stateful-set-service-missing",
    title: "the Pods have no names",
    set: {
      "pods.*.metadata.ownerReferences": [{ kind: "StatefulSet", name: "web", controller: true }],
      statefulSets: [
        {
          metadata: { name: "web", namespace: "shop" },
          spec: { replicas: 3, serviceName: "web-pods" },
        },
      ],
      deployments: [],
    },
    missing: [{ kind: "services", namespace: "shop", name: "web-pods" }],
  },
  {
    cause: "stateful-set-service-not-headless",
    title: "its Service has an address",
    set: {
      "pods.*.metadata.ownerReferences": [{ kind: "StatefulSet", name: "web", controller: true }],
      statefulSets: [
        { metadata: { name: "web", namespace: "shop" }, spec: { replicas: 3, serviceName: "web" } },
      ],
      deployments: [],
    },
  },
  {
    cause: "load-balancer-quota",
    title: "AWS quota",
    set: {
      ...PENDING,
      events: [
        serviceEvent(
          "SyncLoadBalancerFailed",
          "Error syncing load balancer: TooManyLoadBalancers: Exceeded quota of account",
        ),
      ],
    },
  },
  {
    cause: "load-balancer-quota",
    title: "MetalLB pool",
    set: {
      ...PENDING,
      events: [
        serviceEvent("AllocationFailed", 'Failed to allocate IP for "shop/web": no available IPs'),
      ],
    },
  },
  {
    cause: "load-balancer-address-clash",
    title: "sharing key",
    set: {
      ...PENDING,
      events: [
        serviceEvent(
          "AllocationFailed",
          `Failed to allocate IP: can't change sharing key for "shop/web", address also in use by shop/api`,
        ),
      ],
    },
  },
  {
    cause: "load-balancer-controller-error",
    title: "no subnet",
    set: {
      ...PENDING,
      events: [
        serviceEvent(
          "FailedBuildModel",
          "Failed build model due to unable to resolve at least one subnet",
        ),
      ],
    },
  },
  {
    cause: "load-balancer-no-controller",
    title: "class of nobody",
    set: { ...PENDING, "services.0.spec.loadBalancerClass": "example.com/none" },
  },
  { cause: "load-balancer-no-controller", title: "no class", set: PENDING },
  {
    cause: "load-balancer-pending",
    title: "in the making",
    set: {
      ...PENDING,
      events: [serviceEvent("EnsuringLoadBalancer", "Ensuring load balancer", "Normal")],
    },
  },
  {
    cause: "load-balancer-pending",
    title: "just created",
    set: { ...PENDING, "services.0.metadata.creationTimestamp": ago(5) },
  },
  {
    cause: "load-balancer-two-controllers",
    title: "AWS class, MetalLB annotation",
    set: {
      ...PENDING,
      events: [serviceEvent("X", "waits", "Normal")],
      "services.0.spec.loadBalancerClass": "service.k8s.aws/nlb",
      [ANNOTATIONS]: { "metallb.io/address-pool": "a" },
    },
  },
  {
    cause: "load-balancer-class-changed",
    title: "the finalizer of another one",
    set: {
      ...PENDING,
      "services.0.spec.loadBalancerClass": "networking.gke.io/l4-regional-external",
      "services.0.metadata.finalizers": ["service.k8s.aws/resources"],
    },
  },
  {
    cause: "address-not-announced",
    title: "no advertisement",
    set: {
      ...BALANCER,
      [ANNOTATIONS]: { "metallb.io/ip-allocated-from-pool": "a" },
      ipAddressPools: [{ metadata: { name: "a" }, spec: { addresses: ["203.0.113.0/24"] } }],
      advertisements: [],
    },
  },
  {
    cause: "load-balancer-targets-unhealthy",
    title: "the gate tells",
    set: {
      ...BALANCER,
      "pods.*.spec.readinessGates": [{ conditionType: "target-health.elbv2.k8s.aws/k8s-shop-web" }],
      "pods.*.status.conditions": [
        { type: "ContainersReady", status: "True" },
        {
          type: "Ready",
          status: "False",
          reason: "ReadinessGatesNotReady",
          lastTransitionTime: ago(600),
        },
        {
          type: "target-health.elbv2.k8s.aws/k8s-shop-web",
          status: "False",
          reason: "Target.ResponseCodeMismatch",
          message: "Health checks failed with these codes: [404]",
        },
      ],
      "endpointSlices.0.endpoints.*.conditions": { ready: false },
    },
  },
  {
    cause: "nodes-excluded-from-load-balancer",
    title: "all of them",
    set: { ...BALANCER, "nodes.*.metadata.labels": EXCLUDED },
  },
  {
    cause: "source-ranges-exclude-caller",
    title: "from the internet",
    set: { ...BALANCER, "services.0.spec.loadBalancerSourceRanges": ["10.0.0.0/8"] },
    asked: { from: { ip: "203.0.113.9" } },
  },
  {
    cause: "load-balancer-public",
    title: "misspelt annotation",
    set: {
      ...BALANCER,
      [ANNOTATIONS]: { "service.beta.kubernetes.io/azure-load-balancer-intern": "internal" },
      "services.0.status.loadBalancer": { ingress: [{ ip: "52.1.2.3" }] },
    },
  },
  {
    cause: "load-balancer-internal",
    title: "called from the internet",
    set: { ...BALANCER, "services.0.status.loadBalancer": { ingress: [{ ip: "10.1.2.3" }] } },
    asked: { from: { ip: "8.8.8.8" } },
  },
  {
    cause: "service-kept-by-finalizer",
    title: "for three hours",
    set: {
      ...BALANCER,
      "services.0.metadata.deletionTimestamp": ago(10_800),
      "services.0.metadata.finalizers": ["service.kubernetes.io/load-balancer-cleanup"],
    },
  },
  {
    cause: "node-ports-off",
    title: "instance targets",
    set: {
      ...BALANCER,
      "services.0.spec.allocateLoadBalancerNodePorts": false,
      "services.0.spec.ports.0.nodePort": undefined,
      [ANNOTATIONS]: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
    },
  },
  {
    cause: "entry-port-missing",
    title: "81",
    set: { ingresses: [ingress({ number: 81 })], ingressClasses: [CLASS] },
  },
  {
    cause: "entry-port-missing",
    title: "a route",
    set: {
      httpRoutes: [
        {
          metadata: { name: "front", namespace: "shop" },
          spec: { rules: [{ backendRefs: [{ name: "web", port: 8080 }] }] },
        },
      ],
    },
  },
  {
    cause: "entry-backend-missing",
    title: "of an Ingress",
    set: { services: [], ingresses: [ingress({ number: 80 })] },
    asked: { kind: "Ingress", name: "front" },
  },
  {
    cause: "ingress-class-missing",
    title: "nginx",
    set: { ingresses: [ingress({ number: 80 })], ingressClasses: [] },
  },
  {
    cause: "ingress-without-class",
    title: "and no default",
    set: { ingresses: [ingress({ number: 80 }, {})], ingressClasses: [CLASS] },
  },
  {
    cause: "gateway-not-served",
    title: "not accepted",
    set: {
      httpRoutes: [
        {
          metadata: { name: "front", namespace: "shop" },
          spec: {
            parentRefs: [{ name: "edge" }],
            rules: [{ backendRefs: [{ name: "web", port: 80 }] }],
          },
        },
      ],
      gateways: [
        {
          metadata: { name: "edge", namespace: "shop" },
          spec: { gatewayClassName: "none" },
          status: {
            conditions: [
              {
                type: "Accepted",
                status: "Unknown",
                reason: "Pending",
                message: "Waiting for controller",
              },
            ],
          },
        },
      ],
    },
  },
  {
    cause: "node-port-taken",
    title: "two Services",
    set: {
      ...NODE_PORT,
      "services.1": {
        metadata: { name: "api", namespace: "shop", uid: "uid-api" },
        spec: { ports: [{ port: 80, nodePort: 30_080 }] },
      },
    },
  },
  {
    cause: "node-port-taken",
    title: "an event",
    set: {
      ...NODE_PORT,
      events: [
        serviceEvent("PortAlreadyAllocated", "port 30080 was assigned to multiple services"),
      ],
    },
  },
  {
    cause: "external-ip-shared",
    title: "two Services",
    set: {
      "services.0.spec.externalIPs": ["203.0.113.7"],
      "services.1": {
        metadata: { name: "api", namespace: "shop", uid: "uid-api" },
        spec: { externalIPs: ["203.0.113.7"], ports: [{ port: 80 }] },
      },
    },
  },
  {
    cause: "node-port-node-not-ready",
    title: "n3 is silent",
    set: {
      ...NODE_PORT,
      "nodes.2.status.conditions": [
        { type: "Ready", status: "Unknown", lastTransitionTime: ago(240) },
      ],
    },
  },
  {
    cause: "kube-proxy-not-ready",
    title: "on n2",
    set: {
      ...NODE_PORT,
      "pods.3": {
        metadata: {
          name: "kube-proxy-x",
          namespace: "kube-system",
          labels: { "k8s-app": "kube-proxy" },
        },
        spec: { nodeName: "n2" },
        status: { conditions: [{ type: "Ready", status: "False" }] },
      },
    },
  },
  {
    cause: "external-policy-local-no-pod",
    title: "a node port",
    set: { ...NODE_PORT, ...ONE_POD, "services.0.spec.externalTrafficPolicy": "Local" },
  },
  {
    cause: "external-policy-local-no-pod",
    title: "a load balancer without any node",
    set: {
      ...BALANCER,
      "services.0.spec.externalTrafficPolicy": "Local",
      "endpointSlices.0.endpoints.*.nodeName": "virtual",
    },
  },
  {
    cause: "internal-policy-local-no-pod",
    title: "two empty nodes",
    set: { ...ONE_POD, "services.0.spec.internalTrafficPolicy": "Local" },
  },
  {
    cause: "zone-without-endpoint",
    title: "zone c",
    set: { "endpointSlices.0.endpoints.*.hints": { forZones: [{ name: "a" }] } },
  },
  {
    cause: "no-ready-endpoint",
    title: "nothing tells why",
    set: { ...NO_ENDPOINTS, "pods.*.status.conditions.3.lastTransitionTime": ago(1) },
  },
];
