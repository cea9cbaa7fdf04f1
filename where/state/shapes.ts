// The fields of Kubernetes objects that a diagnosis reads and that a recording keeps. Values of environment variables, commands,
// queries of probes and of messages about them, data of ConfigMaps and everything of Secrets are absent on purpose.
// https://kubernetes.io/docs/reference/kubernetes-api/

const METADATA = {
  name: "string",
  namespace: "string",
  uid: "string",
  generation: "number",
  creationTimestamp: "string",
  deletionTimestamp: "string",
  deletionGracePeriodSeconds: "number",
  labels: { "*": "string" },
  annotations: { "*": "string" },
  finalizers: ["string"],
  ownerReferences: [{ kind: "string", name: "string", uid: "string", controller: "boolean" }],
  managedFields: [
    { manager: "string", operation: "string", subresource: "string", time: "string" },
  ],
} as const;

const CONDITIONS = [
  {
    type: "string",
    status: "string",
    reason: "string",
    message: "withoutQueries",
    lastTransitionTime: "string",
  },
] as const;

const LABEL_SELECTOR = {
  matchLabels: { "*": "string" },
  matchExpressions: [{ key: "string", operator: "string", values: ["string"] }],
} as const;

const PROBE = {
  httpGet: { path: "withoutQueries", port: "stringOrNumber", scheme: "string", host: "string" },
  tcpSocket: { port: "stringOrNumber", host: "string" },
  grpc: { port: "number", service: "string" },
  exec: {},
  initialDelaySeconds: "number",
  periodSeconds: "number",
  timeoutSeconds: "number",
  failureThreshold: "number",
} as const;

const CONTAINER = {
  name: "string",
  image: "string",
  restartPolicy: "string",
  ports: [{ name: "string", containerPort: "number", protocol: "string", hostPort: "number" }],
  readinessProbe: PROBE,
  livenessProbe: PROBE,
  startupProbe: PROBE,
  resources: { requests: { "*": "stringOrNumber" }, limits: { "*": "stringOrNumber" } },
} as const;

const POD_SPEC = {
  nodeName: "string",
  hostNetwork: "boolean",
  restartPolicy: "string",
  serviceAccountName: "string",
  hostname: "string",
  subdomain: "string",
  containers: [CONTAINER],
  initContainers: [CONTAINER],
  readinessGates: [{ conditionType: "string" }],
  schedulerName: "string",
  schedulingGates: [{ name: "string" }],
  volumes: [{ name: "string", persistentVolumeClaim: { claimName: "string" } }],
} as const;

const CONTAINER_STATE = {
  waiting: { reason: "string", message: "withoutQueries" },
  running: { startedAt: "string" },
  terminated: {
    exitCode: "number",
    signal: "number",
    reason: "string",
    message: "masked",
    startedAt: "string",
    finishedAt: "string",
  },
} as const;

const CONTAINER_STATUS = {
  name: "string",
  ready: "boolean",
  started: "boolean",
  restartCount: "number",
  image: "string",
  state: CONTAINER_STATE,
  lastState: CONTAINER_STATE,
} as const;

export const SERVICE = {
  metadata: METADATA,
  spec: {
    type: "string",
    clusterIP: "string",
    clusterIPs: ["string"],
    ipFamilies: ["string"],
    ipFamilyPolicy: "string",
    selector: { "*": "string" },
    ports: [
      {
        name: "string",
        port: "number",
        targetPort: "stringOrNumber",
        nodePort: "number",
        protocol: "string",
        appProtocol: "string",
      },
    ],
    externalName: "string",
    externalIPs: ["string"],
    externalTrafficPolicy: "string",
    internalTrafficPolicy: "string",
    healthCheckNodePort: "number",
    loadBalancerClass: "string",
    loadBalancerIP: "string",
    loadBalancerSourceRanges: ["string"],
    allocateLoadBalancerNodePorts: "boolean",
    publishNotReadyAddresses: "boolean",
    sessionAffinity: "string",
    trafficDistribution: "string",
  },
  status: {
    loadBalancer: { ingress: [{ ip: "string", hostname: "string", ipMode: "string" }] },
    conditions: CONDITIONS,
  },
} as const;

export const ENDPOINT_SLICE = {
  metadata: METADATA,
  addressType: "string",
  ports: [{ name: "string", port: "number", protocol: "string" }],
  endpoints: [
    {
      addresses: ["string"],
      conditions: { ready: "boolean", serving: "boolean", terminating: "boolean" },
      nodeName: "string",
      zone: "string",
      hints: { forZones: [{ name: "string" }], forNodes: [{ name: "string" }] },
      targetRef: { kind: "string", name: "string", namespace: "string", uid: "string" },
    },
  ],
} as const;

export const POD = {
  metadata: METADATA,
  spec: POD_SPEC,
  status: {
    phase: "string",
    reason: "string",
    message: "withoutQueries",
    podIP: "string",
    podIPs: [{ ip: "string" }],
    hostIP: "string",
    startTime: "string",
    conditions: CONDITIONS,
    containerStatuses: [CONTAINER_STATUS],
    initContainerStatuses: [CONTAINER_STATUS],
  },
} as const;

export const NODE = {
  metadata: METADATA,
  spec: {
    unschedulable: "boolean",
    podCIDRs: ["string"],
    taints: [{ key: "string", value: "string", effect: "string", timeAdded: "string" }],
  },
  status: {
    conditions: CONDITIONS,
    addresses: [{ type: "string", address: "string" }],
  },
} as const;

export const NAMESPACE = { metadata: METADATA, status: { phase: "string" } } as const;

export const EVENT = {
  metadata: METADATA,
  involvedObject: {
    kind: "string",
    name: "string",
    namespace: "string",
    uid: "string",
    fieldPath: "string",
  },
  type: "string",
  reason: "string",
  message: "withoutQueries",
  count: "number",
  firstTimestamp: "string",
  lastTimestamp: "string",
  eventTime: "string",
  series: { count: "number", lastObservedTime: "string" },
  source: { component: "string" },
  reportingComponent: "string",
} as const;

const POLICY_PEERS = [
  {
    podSelector: LABEL_SELECTOR,
    namespaceSelector: LABEL_SELECTOR,
    ipBlock: { cidr: "string", except: ["string"] },
  },
] as const;
const POLICY_PORTS = [{ port: "stringOrNumber", endPort: "number", protocol: "string" }] as const;

export const NETWORK_POLICY = {
  metadata: METADATA,
  spec: {
    podSelector: LABEL_SELECTOR,
    policyTypes: ["string"],
    ingress: [{ from: POLICY_PEERS, ports: POLICY_PORTS }],
    egress: [{ to: POLICY_PEERS, ports: POLICY_PORTS }],
  },
} as const;

/** A policy or mesh rule of another API than networking.k8s.io, such as a CiliumNetworkPolicy. */
export const FOREIGN_POLICY = {
  apiVersion: "string",
  kind: "string",
  metadata: METADATA,
  spec: {
    endpointSelector: LABEL_SELECTOR,
    selector: { matchLabels: { "*": "string" } },
    mtls: { mode: "string" },
  },
} as const;

const TEMPLATE = { metadata: METADATA, spec: POD_SPEC } as const;

export const DEPLOYMENT = {
  metadata: METADATA,
  spec: {
    replicas: "number",
    paused: "boolean",
    selector: LABEL_SELECTOR,
    template: TEMPLATE,
    progressDeadlineSeconds: "number",
  },
  status: {
    observedGeneration: "number",
    replicas: "number",
    readyReplicas: "number",
    updatedReplicas: "number",
    availableReplicas: "number",
    unavailableReplicas: "number",
    conditions: CONDITIONS,
  },
} as const;

/** ReplicaSets, StatefulSets and DaemonSets: the fields of each that are read. */
export const WORKLOAD = {
  metadata: METADATA,
  spec: {
    replicas: "number",
    selector: LABEL_SELECTOR,
    template: TEMPLATE,
    serviceName: "string",
  },
  status: {
    replicas: "number",
    readyReplicas: "number",
    desiredNumberScheduled: "number",
    numberReady: "number",
    conditions: CONDITIONS,
  },
} as const;

export const HORIZONTAL_POD_AUTOSCALER = {
  metadata: METADATA,
  spec: {
    scaleTargetRef: { kind: "string", name: "string" },
    minReplicas: "number",
    maxReplicas: "number",
  },
  status: { currentReplicas: "number", desiredReplicas: "number", conditions: CONDITIONS },
} as const;

const INGRESS_BACKEND = {
  service: { name: "string", port: { number: "number", name: "string" } },
} as const;

export const INGRESS = {
  metadata: METADATA,
  spec: {
    ingressClassName: "string",
    defaultBackend: INGRESS_BACKEND,
    rules: [{ host: "string", http: { paths: [{ path: "string", backend: INGRESS_BACKEND }] } }],
  },
  status: { loadBalancer: { ingress: [{ ip: "string", hostname: "string" }] } },
} as const;

export const INGRESS_CLASS = { metadata: METADATA, spec: { controller: "string" } } as const;

export const HTTP_ROUTE = {
  metadata: METADATA,
  spec: {
    parentRefs: [{ kind: "string", name: "string", namespace: "string" }],
    rules: [
      {
        backendRefs: [{ kind: "string", name: "string", namespace: "string", port: "number" }],
      },
    ],
  },
  status: { parents: [{ parentRef: { name: "string" }, conditions: CONDITIONS }] },
} as const;

export const GATEWAY = {
  metadata: METADATA,
  spec: { gatewayClassName: "string" },
  status: { conditions: CONDITIONS },
} as const;

export const PERSISTENT_VOLUME_CLAIM = {
  metadata: METADATA,
  spec: { storageClassName: "string", volumeName: "string" },
  status: { phase: "string" },
} as const;

/** A pool of addresses of MetalLB. */
export const IP_ADDRESS_POOL = {
  metadata: METADATA,
  spec: { addresses: ["string"], autoAssign: "boolean" },
} as const;

/** An L2Advertisement or a BGPAdvertisement of MetalLB. */
export const ADVERTISEMENT = {
  metadata: METADATA,
  spec: { ipAddressPools: ["string"], ipAddressPoolSelectors: [LABEL_SELECTOR] },
} as const;
