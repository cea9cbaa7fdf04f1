import type { Manifest } from "../../../testing/manifest.ts";
import {
  budget,
  container,
  deployment,
  type Fields,
  front,
  INTERNAL,
  other,
  policy,
  program,
  service,
} from "./sound.ts";
import { badTokens } from "./tokens.ts";

/** A program that breaks a rule. */
export interface BadSeed {
  readonly rule: string;
  readonly what: string;
  readonly objects: readonly Manifest[];
}

const seeds = (
  rule: string,
  programs: Readonly<Record<string, readonly Manifest[]>>,
): readonly BadSeed[] =>
  Object.entries(programs).map(([what, objects]) => ({ rule, what, objects }));
const withContainer = (more: Fields) => program({ deployments: [deployment({}, {}, more)] });
const withPod = (pod: Fields) => program({ deployments: [deployment({}, pod)] });
const withService = (...services: readonly Manifest[]) => program({ services });
const withMore = (...more: readonly Manifest[]) => program({ more });
const renamed = (it: Manifest, name: string): Manifest => ({
  ...it,
  metadata: { ...it.metadata, name },
});
const context = (more: Fields): Fields => ({
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...more },
});

/** What an init container may have, and what an Ingress must have, or the API server refuses them. */
const init: Fields = { name: "init", readinessProbe: undefined, lifecycle: undefined };
const defaultBackend = { service: { name: "web", port: { number: 80 } } };

/** At least two for each rule. */
export const badSeeds: readonly BadSeed[] = [
  ...seeds("public-load-balancer", {
    "nothing says that it is internal": withService(
      front({ loadBalancerSourceRanges: ["203.0.113.0/24"] }, {}),
    ),
    "its range is everybody": withService(front({ loadBalancerSourceRanges: ["0.0.0.0/0"] }, {})),
    "its scheme is internet-facing": withService(
      front(
        { loadBalancerClass: "service.k8s.aws/nlb", loadBalancerSourceRanges: ["0.0.0.0/0"] },
        { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
      ),
    ),
    "the annotation says false": withService(
      front(
        { loadBalancerSourceRanges: ["0.0.0.0/0"] },
        { "service.beta.kubernetes.io/aws-load-balancer-internal": "false" },
      ),
    ),
  }),
  ...seeds("source-ranges", {
    "it has none": withService(service({ type: "LoadBalancer" }, INTERNAL)),
    "the list is empty": withService(front({ loadBalancerSourceRanges: [] })),
    "IPv6 has none": withService(
      front({ ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "RequireDualStack" }),
    ),
  }),
  ...seeds("node-port", {
    "a port is chosen": withService(
      service({ type: "NodePort", ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }),
    ),
    "the port is automatic": withService(service({ type: "NodePort" })),
  }),
  ...seeds("external-ips", {
    "one address": withService(service({ externalIPs: ["203.0.113.7"] })),
    "two addresses": withService(service({ externalIPs: ["203.0.113.7", "203.0.113.8"] })),
  }),
  ...seeds("selector-matches-nothing", {
    "another label": withService(service({ selector: { app: "wbe" } })),
    "one label too many": withService(service({ selector: { app: "web", tier: "front" } })),
    "another namespace": withService({
      ...service(),
      metadata: { name: "web", namespace: "other" },
    }),
  }),
  ...seeds("selector-matches-two", {
    "two Deployments": program({ deployments: [deployment(), renamed(deployment(), "web-2")] }),
    "a Deployment and a StatefulSet": program({
      deployments: [deployment(), { ...renamed(deployment(), "web-2"), kind: "StatefulSet" }],
    }),
  }),
  ...seeds("target-port-undeclared", {
    "another name": withService(service({ ports: [{ port: 80, targetPort: "web" }] })),
    "another number": withService(service({ ports: [{ port: 80, targetPort: 8081 }] })),
    "the default": withService(service({ ports: [{ port: 80 }] })),
    "another protocol": withService(
      service({ ports: [{ port: 80, targetPort: "http", protocol: "UDP" }] }),
    ),
  }),
  ...seeds("duplicate-node-port", {
    "two NodePort Services": withService(
      service({ type: "NodePort", ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }),
      renamed(
        service({ type: "NodePort", ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }),
        "b",
      ),
    ),
    "with a load balancer": withService(
      service({ type: "NodePort", ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }),
      renamed(front({ ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }), "b"),
    ),
    "two load balancers": withService(
      front({ ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }),
      renamed(front({ ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }), "b"),
    ),
  }),
  ...seeds("ingress-without-tls", {
    "no list": withMore(
      other("networking.k8s.io/v1", "Ingress", "web", { spec: { defaultBackend } }),
    ),
    "an empty list": withMore(
      other("networking.k8s.io/v1", "Ingress", "web", { spec: { defaultBackend, tls: [] } }),
    ),
  }),
  ...seeds("pod-security-restricted", {
    "privilege escalation": withContainer(context({ allowPrivilegeEscalation: true })),
    "all capabilities": withContainer(context({ capabilities: {} })),
    "an added capability": withContainer(
      context({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
    ),
    root: withPod({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    "no seccomp profile": withPod({ securityContext: { runAsNonRoot: true } }),
    "a host port": withContainer({ ports: [{ name: "http", containerPort: 8080, hostPort: 80 }] }),
  }),
  ...seeds("host-path", {
    "the socket of the runtime": withPod({
      volumes: [{ name: "run", hostPath: { path: "/run/containerd" } }],
    }),
    "beside another volume": withPod({
      volumes: [
        { name: "tmp", emptyDir: {} },
        { name: "root", hostPath: { path: "/" } },
      ],
    }),
  }),
  ...seeds("host-namespaces", {
    "the network": withPod({ hostNetwork: true }),
    "the processes": withPod({ hostPID: true }),
    "the memory": withPod({ hostIPC: true }),
  }),
  ...seeds("privileged-container", {
    "a container": withContainer(context({ privileged: true })),
    "an init container": withPod({
      initContainers: [container({ ...init, ...context({ privileged: true }) })],
    }),
  }),
  ...seeds("mutable-image", {
    latest: withContainer({ image: "registry.example/web:latest" }),
    "no tag": withContainer({ image: "registry.example:5000/web" }),
    "a branch": withContainer({ image: "web:main" }),
    "of an init container": withPod({
      initContainers: [container({ ...init, image: "busybox" })],
    }),
  }),
  ...seeds("readiness-probe-missing", {
    "of a Deployment": withContainer({ readinessProbe: undefined }),
    "of a StatefulSet": program({
      deployments: [{ ...deployment({}, {}, { readinessProbe: undefined }), kind: "StatefulSet" }],
    }),
  }),
  ...seeds("requests-missing", {
    "no resources": withContainer({ resources: undefined }),
    "no CPU": withContainer({
      resources: { requests: { memory: "64Mi" }, limits: { memory: "64Mi" } },
    }),
    "no memory": withContainer({ resources: { requests: { cpu: "100m" } } }),
  }),
  ...seeds("memory-limit-missing", {
    "no limits": withContainer({ resources: { requests: { cpu: "100m", memory: "64Mi" } } }),
    "of CPU alone": withContainer({
      resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "1" } },
    }),
  }),
  ...seeds("secret-in-environment", {
    "a password": withContainer({ env: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
    "a token": withContainer({ env: [{ name: "GITHUB_TOKEN", value: "x" }] }),
    "a key": withContainer({ env: [{ name: "STRIPE_API_KEY", value: "x" }] }),
  }),
  ...seeds("service-account-token", badTokens),
  ...seeds("drain-missing", {
    "behind a load balancer": program({
      services: [front()],
      deployments: [deployment({}, {}, { lifecycle: undefined })],
    }),
    "behind a node port": program({
      services: [service({ type: "NodePort" })],
      deployments: [deployment({}, {}, { lifecycle: { postStart: { sleep: { seconds: 1 } } } })],
    }),
  }),
  ...seeds("single-replica", {
    one: program({ deployments: [deployment({ replicas: 1 })] }),
    "the default": program({ deployments: [deployment({ replicas: undefined })] }),
  }),
  ...seeds("network-policy-missing", {
    "there is none": program({ policies: [] }),
    "for other Pods": program({
      policies: [policy({ podSelector: { matchLabels: { app: "db" } } })],
    }),
  }),
  ...seeds("disruption-budget-missing", {
    "there is none": program({ budgets: [] }),
    "for other Pods": program({ budgets: [budget({ selector: { matchLabels: { app: "db" } } })] }),
  }),
  ...seeds("disruption-budget-blocks", {
    "as many as there are": program({
      budgets: [budget({ maxUnavailable: undefined, minAvailable: 2 })],
    }),
    "none may go": program({ budgets: [budget({ maxUnavailable: 0 })] }),
    "all must stay": program({
      budgets: [budget({ maxUnavailable: undefined, minAvailable: "100%" })],
    }),
  }),
  ...seeds("secret-in-config-map", {
    "a password": withMore(other("v1", "ConfigMap", "web", { data: { "db.password": "hunter2" } })),
    "a private key": withMore(
      other("v1", "ConfigMap", "web", { data: { "tls.pem": "-----BEGIN PRIVATE KEY-----" } }),
    ),
  }),
  ...seeds("default-namespace", {
    "it is said": withService({ ...service(), metadata: { name: "web", namespace: "default" } }),
    "nothing is said": withService({ ...service(), metadata: { name: "web" } }),
    "a whole program": program().map((it) => ({
      ...it,
      metadata: { ...it.metadata, namespace: "default" },
    })),
  }),
  ...seeds("wildcard-role", {
    "of the cluster": withMore(
      other("rbac.authorization.k8s.io/v1", "ClusterRole", "all", {
        rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
      }),
    ),
    "of a namespace": withMore(
      other("rbac.authorization.k8s.io/v1", "Role", "all", {
        rules: [
          { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
          { apiGroups: [""], resources: ["*"], verbs: ["*"] },
        ],
      }),
    ),
  }),
  ...seeds("cluster-admin", {
    everywhere: withMore(
      other("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "all", {
        roleRef: { kind: "ClusterRole", name: "cluster-admin" },
      }),
    ),
    "in a namespace": withMore(
      other("rbac.authorization.k8s.io/v1", "RoleBinding", "all", {
        roleRef: { kind: "ClusterRole", name: "cluster-admin" },
      }),
    ),
  }),
];
