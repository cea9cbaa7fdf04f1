type Table<T> = Readonly<Record<string, readonly T[]>>;

/** Texts that the API server takes, by definition and field or by field alone. Elsewhere it takes any name. */
const TEXTS: Table<string> = {
  action: ["Restart"],
  add: ["NET_BIND_SERVICE"],
  apiGroup: ["example.com"],
  apiVersion: ["v1"],
  certificateChainPath: ["chain.pem"],
  cidr: ["10.0.0.0/8"],
  claims: ["a"],
  conditionType: ["example.com/ready"],
  containerName: ["web"],
  credentialBundlePath: ["bundle.pem"],
  devicePath: ["/dev/a"],
  diskURI: ["https://disks.example/a.vhd"],
  drop: ["ALL"],
  driver: ["csi.example.com"],
  except: ["10.1.0.0/16"],
  "FlexVolumeSource.driver": ["example.com/driver"],
  "EmptyDirVolumeSource.medium": ["", "Memory"],
  externalIPs: ["192.0.2.1"],
  externalName: ["a.example.com"],
  finalizers: ["example.com/a"],
  "ISCSIVolumeSource.iqn": ["iqn.2026-01.com.example:a"],
  "ISCSIVolumeSource.initiatorName": ["iqn.2026-01.com.example:b"],
  "HostPathVolumeSource.path": ["/var/a"],
  "HTTPGetAction.path": ["/", "/readyz"],
  "HTTPHeader.name": ["Accept"],
  hostIP: ["127.0.0.1"],
  hostname: ["a"],
  hostnames: ["a.example.com"],
  "HostAlias.ip": ["10.0.0.1", "10.0.0.2"],
  image: ["registry.example/a:1"],
  "CrossVersionObjectReference.kind": ["Deployment"],
  "KeyToPath.path": ["a", "b/c"],
  key: ["a"],
  "NodeSelectorRequirement.key": ["disk"],
  "NodeSelectorRequirement.values": ["1"],
  keyType: ["ED25519"],
  "LabelSelectorRequirement.operator": ["In", "NotIn"],
  loadBalancerClass: ["example.com/a"],
  loadBalancerIP: ["192.0.2.1"],
  loadBalancerSourceRanges: ["10.0.0.0/8"],
  localhostProfile: ["profiles/a.json"],
  mountPath: ["/a", "/b", "/files"],
  "Container.name": ["web", "web", "web", "web", "other"],
  "ContainerResourceMetricSource.name": ["cpu", "memory"],
  "ResourceMetricSource.name": ["cpu", "memory"],
  "ContainerRestartRuleOnExitCodes.operator": ["In"],
  "EnvVar.name": ["A", "B", "PASSWORD"],
  "FileKeySelector.key": ["A"],
  "PodOS.name": ["linux"],
  "PodSchedulingGate.name": ["example.com/a"],
  "Sysctl.name": ["net.ipv4.tcp_syncookies"],
  "Sysctl.value": ["1"],
  "Volume.name": ["files", "files", "more"],
  "VolumeDevice.name": ["files"],
  "VolumeMount.name": ["files"],
  nameservers: ["10.0.0.10"],
  nodeName: ["node-1"],
  "NFSVolumeSource.path": ["/export"],
  "ObjectFieldSelector.fieldPath": ["metadata.name"],
  "HPAScalingPolicy.type": ["Pods", "Percent"],
  portals: ["10.0.0.1"],
  prefix: ["A_"],
  provisioner: ["example.com/a"],
  recursiveReadOnly: ["Disabled"],
  "QuobyteVolumeSource.registry": ["10.0.0.1:7861"],
  "ResourceFieldSelector.resource": ["limits.memory", "requests.cpu"],
  "ContainerResizePolicy.resourceName": ["cpu", "memory"],
  "ContainerResizePolicy.restartPolicy": ["NotRequired", "RestartContainer"],
  "Container.restartPolicy": ["Always"],
  "EphemeralContainer.restartPolicy": ["Always"],
  "MetricTarget.type": ["Value", "AverageValue"],
  "MetricSpec.type": ["Resource"],
  "HPAScalingRules.selectPolicy": ["Max", "Min", "Disabled"],
  seLinuxChangePolicy: ["Recursive", "MountOption"],
  signerName: ["example.com/a"],
  subPathExpr: ["$(A)"],
  subPath: ["a"],
  targetPortal: ["10.0.0.1:3260"],
  targetWWNs: ["500a0982991b8dc5"],
  terminationMessagePath: ["/dev/termination-log"],
  trafficDistribution: ["PreferSameZone", "PreferSameNode"],
  uid: ["0c3f0d1e-8d7d-4a0e-9d8f-000000000001"],
  "TypedLocalObjectReference.kind": ["PersistentVolumeClaim"],
  volumeAttributesClassName: ["a"],
  "SELinuxOptions.level": ["s0:c1,c2"],
  clusterIP: ["10.96.0.77"],
  clusterIPs: ["10.96.0.77"],
  "Secret.type": ["Opaque", "example.com/a"],
  "Toleration.key": ["example.com/a"],
  "PodAffinityTerm.topologyKey": ["kubernetes.io/hostname"],
  "ServicePort.name": ["http"],
  "ContainerPort.name": ["http"],
  workingDir: ["/srv"],
  gmsaCredentialSpec: ["{}"],
  runAsUserName: ["ContainerUser"],
};

const NUMBERS: Table<number> = {
  activeDeadlineSeconds: [600],
  "ContainerPort.containerPort": [8080],
  "Deployment.progressDeadlineSeconds": [600, 900],
  defaultMode: [0o400, 0o644],
  deletionGracePeriodSeconds: [30],
  "NetworkPolicyPort.endPort": [9000],
  "NetworkPolicyPort.port": [80, 8080],
  expirationSeconds: [600, 3600],
  failureThreshold: [1, 3],
  fsGroup: [1000, 65_534],
  hostPort: [8080],
  healthCheckNodePort: [30_100],
  maxExpirationSeconds: [3600, 7200],
  minAvailable: [1],
  mode: [0o400],
  nodePort: [30_101],
  periodSeconds: [5, 60],
  progressDeadlineSeconds: [600, 900],
  port: [80, 8080],
  replicas: [2, 3],
  runAsGroup: [1000],
  runAsUser: [1000, 65_534],
  "ServicePort.port": [80],
  stabilizationWindowSeconds: [0, 300],
  successThreshold: [1],
  supplementalGroups: [1000],
  targetPort: [8080],
  terminationGracePeriodSeconds: [60, 600],
  "Probe.terminationGracePeriodSeconds": [10],
  minReplicas: [1, 2],
  maxReplicas: [5, 9],
};

const KEYS: Table<string> = {
  annotations: ["note", "example.com/note"],
  data: ["KEY", "PASSWORD"],
  labels: ["tier", "example.com/tier"],
  limits: ["cpu", "memory", "example.com/gpu"],
  matchLabels: ["tier"],
  nodeSelector: ["disk"],
  overhead: ["cpu"],
  requests: ["cpu", "memory"],
  selector: ["app"],
  stringData: ["KEY"],
  userAnnotations: ["example.com/a"],
};

const of = <T>(table: Table<T>, place: string): readonly T[] | undefined =>
  table[place] ?? table[place.slice(place.indexOf(".") + 1)];

/** Texts for a field. */
export const textsFor = (place: string): readonly string[] => of(TEXTS, place) ?? ["a", "web"];

/** Numbers for a field. */
export const numbersFor = (place: string): readonly number[] => of(NUMBERS, place) ?? [1, 2, 30];

/** Keys for a map. */
export const keysFor = (place: string): readonly string[] => of(KEYS, place) ?? ["a"];

const HANDLERS = [["exec"], ["grpc"], ["httpGet"], ["tcpSocket"]] as const;

/** By definition, the sets of fields of which an object has one beside what is required. */
export const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  DownwardAPIVolumeFile: [["fieldRef"], ["resourceFieldRef"]],
  EnvFromSource: [["configMapRef"], ["secretRef"], ["configMapRef", "prefix"]],
  EnvVar: [["value"], ["valueFrom"], []],
  EnvVarSource: [["configMapKeyRef"], ["fieldRef"], ["resourceFieldRef"], ["secretKeyRef"]],
  LifecycleHandler: [["exec"], ["httpGet"], ["sleep"], ["tcpSocket"]],
  MetricSpec: [["resource"]],
  MetricTarget: [["averageValue"]],
  NetworkPolicyPeer: [
    ["ipBlock"],
    ["podSelector"],
    ["namespaceSelector"],
    ["namespaceSelector", "podSelector"],
  ],
  PodDisruptionBudgetSpec: [["maxUnavailable"], ["minAvailable"], ["unhealthyPodEvictionPolicy"]],
  Probe: [...HANDLERS, ...HANDLERS.map((it) => [...it, "failureThreshold"]), ["periodSeconds"]],
  Volume: [
    ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "hostPath", "image", "nfs"],
    ...["persistentVolumeClaim", "projected", "secret", "iscsi", "fc"],
  ].map((it) => [it]),
  VolumeProjection: [["configMap"], ["downwardAPI"], ["secret"], ["serviceAccountToken"]],
};

/** By definition, alternatives to what may be there. */
export const OTHERS: Readonly<
  Record<string, readonly (readonly [field: string, value: unknown])[]>
> = {
  DownwardAPIVolumeFile: [
    ["fieldRef", { fieldPath: "metadata.name" }],
    ["resourceFieldRef", { containerName: "web", resource: "limits.cpu" }],
  ],
  EnvFromSource: [
    ["configMapRef", { name: "a" }],
    ["secretRef", { name: "a" }],
  ],
  EnvVar: [
    ["value", "a"],
    ["valueFrom", { fieldRef: { fieldPath: "metadata.name" } }],
  ],
  EnvVarSource: [
    ["configMapKeyRef", { name: "a", key: "a" }],
    ["secretKeyRef", { name: "a", key: "a" }],
  ],
  LifecycleHandler: [
    ["exec", { command: ["true"] }],
    ["httpGet", { port: 8080 }],
  ],
  NetworkPolicyPeer: [
    ["ipBlock", { cidr: "10.0.0.0/8" }],
    ["podSelector", {}],
  ],
  PodDisruptionBudgetSpec: [
    ["maxUnavailable", 1],
    ["minAvailable", 1],
  ],
  Probe: [
    ["exec", { command: ["true"] }],
    ["tcpSocket", { port: 8080 }],
  ],
  Volume: [
    ["emptyDir", {}],
    ["secret", { secretName: "a" }],
  ],
  VolumeProjection: [
    ["configMap", { name: "a" }],
    ["secret", { name: "a" }],
  ],
};

/** Fields in which most of what can be said is: they are drawn more often than others. */
export const OFTEN: Table<string> = {
  Deployment: ["spec"],
  DeploymentSpec: ["template"],
  HorizontalPodAutoscaler: ["spec"],
  HorizontalPodAutoscalerSpec: ["behavior", "metrics"],
  NetworkPolicy: ["spec"],
  NetworkPolicySpec: ["ingress", "egress"],
  ObjectMeta: ["annotations", "labels"],
  PodDisruptionBudget: ["spec"],
  PodSpec: ["containers", "containers", "volumes", "securityContext", "affinity"],
  PodTemplateSpec: ["spec"],
  Secret: ["data", "stringData"],
  Service: ["spec"],
  ServiceAccount: ["secrets", "imagePullSecrets"],
};

/** Fields that are not drawn: the program's language says them, or the server does. */
export const NEVER: readonly string[] = ["apiVersion", "kind"];
