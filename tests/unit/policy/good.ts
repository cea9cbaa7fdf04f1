import type { Manifest } from "../../../testing/manifest.ts";
import {
  budget,
  container,
  deployment,
  type Fields,
  front,
  other,
  policy,
  program,
  service,
  template,
} from "./sound.ts";
import { goodTokens } from "./tokens.ts";

const withContainer = (more: Fields) => program({ deployments: [deployment({}, {}, more)] });
const withPod = (pod: Fields) => program({ deployments: [deployment({}, pod)] });
const withService = (...services: readonly Manifest[]) => program({ services });
const withMore = (...more: readonly Manifest[]) => program({ more });
const map = (data: Fields) => withMore(other("v1", "ConfigMap", "web", { data }));
const env = (...variables: readonly Fields[]) => withContainer({ env: variables });
const image = (name: string) => withContainer({ image: name });
const rbac = (kind: string, fields: Fields) =>
  withMore(other("rbac.authorization.k8s.io/v1", kind, "web", fields));
const ranges = (annotations: Fields, spec: Fields = {}) => withService(front(spec, annotations));
const renamed = (it: Manifest, name: string): Manifest => ({
  ...it,
  metadata: { ...it.metadata, name },
});
const job = (spec: Fields) => withMore(other("batch/v1", "Job", "migrate", { spec }));

/** Programs that keep every rule, beside rules that look alike. */
export const goodPrograms: Readonly<Record<string, readonly Manifest[]>> = {
  "a Deployment with everything": program(),
  "three replicas": program({ deployments: [deployment({ replicas: 3 })] }),
  "an autoscaler's Deployment": program({
    deployments: [deployment({ replicas: undefined })],
    more: [
      other("autoscaling/v2", "HorizontalPodAutoscaler", "web", {
        spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 2 },
      }),
    ],
  }),
  "a Deployment scaled to nothing, without a Service": [deployment({ replicas: 0 }), policy()],
  "a single worker without a Service": [deployment({ replicas: 1 }), policy()],
  "an internal load balancer": withService(front()),
  "an internal load balancer of Google": ranges({
    "networking.gke.io/load-balancer-type": "Internal",
  }),
  "an internal load balancer of Azure": ranges({
    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
  }),
  "an internal load balancer of OCI": ranges({
    "service.beta.kubernetes.io/oci-load-balancer-internal": "true",
  }),
  "an internal load balancer of DigitalOcean": ranges({
    "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL",
  }),
  "an internal load balancer of Hetzner": ranges({
    "load-balancer.hetzner.cloud/disable-public-network": "true",
  }),
  "an internal load balancer by class": ranges({}, { loadBalancerClass: "service.k8s.aws/nlb" }),
  "an internal load balancer of EKS Auto Mode": ranges(
    {},
    { loadBalancerClass: "eks.amazonaws.com/nlb" },
  ),
  "a load balancer for a private network": ranges(
    {},
    { loadBalancerSourceRanges: ["192.168.0.0/16"] },
  ),
  "a load balancer for two private networks": ranges(
    {},
    { loadBalancerSourceRanges: ["10.1.0.0/16", "172.16.0.0/12"] },
  ),
  "both families with a range each": withService(
    front({
      ipFamilies: ["IPv4", "IPv6"],
      ipFamilyPolicy: "RequireDualStack",
      loadBalancerSourceRanges: ["10.0.0.0/8", "fd00::/8"],
    }),
  ),
  "IPv6 alone": withService(
    front({ ipFamilies: ["IPv6"], loadBalancerSourceRanges: ["fd00::/8"] }),
  ),
  "a headless Service": withService(service({ clusterIP: "None" })),
  "an ExternalName": withService(
    service(),
    renamed(
      service({
        type: "ExternalName",
        externalName: "db.example",
        selector: undefined,
        ports: undefined,
      }),
      "db",
    ),
  ),
  "a Service without selector": withService(
    service(),
    renamed(service({ selector: undefined }), "outside"),
  ),
  "a target port by number": withService(service({ ports: [{ port: 80, targetPort: 8080 }] })),
  "a target port by default": withService(service({ ports: [{ port: 8080 }] })),
  "two Services for one workload": withService(service(), renamed(service(), "web-2")),
  "two load balancers with ports of their own": withService(
    front({ ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] }),
    renamed(front({ ports: [{ port: 80, targetPort: "http", nodePort: 30008 }] }), "b"),
  ),
  "empty externalIPs": withService(service({ externalIPs: [] })),
  "a UDP port": program({
    deployments: [
      deployment(
        {},
        {},
        {
          ports: [
            { name: "http", containerPort: 8080 },
            { name: "dns", containerPort: 5353, protocol: "UDP" },
          ],
        },
      ),
    ],
    services: [service({ ports: [{ port: 53, targetPort: "dns", protocol: "UDP" }] })],
  }),
  "an Ingress with TLS": withMore(
    other("networking.k8s.io/v1", "Ingress", "web", {
      spec: {
        defaultBackend: { service: { name: "web", port: { number: 80 } } },
        tls: [{ secretName: "tls" }],
      },
    }),
  ),
  NET_BIND_SERVICE: withContainer({
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
    },
  }),
  "security settings in the container": withPod({
    securityContext: undefined,
    containers: [
      container({
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          runAsNonRoot: true,
          seccompProfile: { type: "RuntimeDefault" },
        },
      }),
    ],
  }),
  "a user by number": withPod({
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10_001,
      seccompProfile: { type: "Localhost", localhostProfile: "web.json" },
    },
  }),
  "volumes that are allowed": withPod({
    volumes: [
      { name: "a", emptyDir: {} },
      { name: "b", configMap: { name: "web" } },
      { name: "c", persistentVolumeClaim: { claimName: "data" } },
    ],
  }),
  "hostNetwork that is false": withPod({ hostNetwork: false, hostPID: false }),
  "privileged that is false": withContainer({
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ["ALL"] },
    },
  }),
  "a version": image("registry.example/web:1.4.2"),
  "a version of a registry with a port": image("registry.example:5000/web:1.4.2"),
  "a digest without a tag": image(`web@sha256:${"0".repeat(64)}`),
  "latest with a digest": image(`web:latest@sha256:${"0".repeat(64)}`),
  "a tag that begins like latest": image("web:latest-2026-11-30"),
  "a tag with a commit": image("web:main-3f2a91c"),
  "a liveness probe too": withContainer({ livenessProbe: { tcpSocket: { port: "http" } } }),
  "a sidecar without ports": withPod({
    containers: [
      container(),
      container({ name: "log", ports: undefined, readinessProbe: undefined, lifecycle: undefined }),
    ],
  }),
  "a sidecar as init container": withPod({
    initContainers: [container({ name: "proxy", restartPolicy: "Always", ports: undefined })],
  }),
  "an init container without probe and requests": withPod({
    initContainers: [
      container({
        name: "init",
        readinessProbe: undefined,
        resources: undefined,
        lifecycle: undefined,
      }),
    ],
  }),
  "limits that are requests too": withContainer({
    resources: { limits: { cpu: "1", memory: "64Mi" } },
  }),
  "ephemeral storage too": withContainer({
    resources: {
      requests: { cpu: "1", memory: "64Mi", "ephemeral-storage": "1Gi" },
      limits: { memory: "64Mi" },
    },
  }),
  "a password from a Secret": env({
    name: "DB_PASSWORD",
    valueFrom: { secretKeyRef: { name: "db", key: "password" } },
  }),
  "the path of a password": env({ name: "DB_PASSWORD_FILE", value: "/run/secrets/db" }),
  "a variable that counts tokens": env({ name: "TOKENS_PER_MINUTE", value: "10" }),
  "a key that is none": env({ name: "KEYBOARD", value: "de" }, { name: "SORT_KEY", value: "name" }),
  "an empty password": env({ name: "DB_PASSWORD", value: "" }),
  "settings in a ConfigMap": map({ "app.properties": "a=b", timeout: "5" }),
  "a certificate in a ConfigMap": map({ "ca.crt": "-----BEGIN CERTIFICATE-----" }),
  "a key file's path in a ConfigMap": map({ "password-file": "/run/secrets/db" }),
  "a ConfigMap without data": withMore(other("v1", "ConfigMap", "web", {})),
  "a Secret with a password": withMore(
    other("v1", "Secret", "db", { stringData: { password: "[secret]" } }),
  ),
  "a policy for all Pods": program({ policies: [policy({ podSelector: {} })] }),
  "a policy by expression": program({
    policies: [
      policy({
        podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["web", "db"] }] },
      }),
    ],
  }),
  "a budget in percent": program({
    budgets: [budget({ maxUnavailable: undefined, minAvailable: "50%" })],
  }),
  "a budget that keeps one of two": program({
    budgets: [budget({ maxUnavailable: undefined, minAvailable: 1 })],
  }),
  "a budget for Pods made elsewhere": withMore(
    other("policy/v1", "PodDisruptionBudget", "db", {
      spec: { minAvailable: 1, selector: { matchLabels: { app: "db" } } },
    }),
  ),
  "a role with a list": rbac("Role", {
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
  }),
  "a role that reads everything": rbac("ClusterRole", {
    rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }],
  }),
  "a binding to view": rbac("RoleBinding", { roleRef: { kind: "ClusterRole", name: "view" } }),
  ...goodTokens,
  "a Job": job({
    template: template(
      { restartPolicy: "Never" },
      { readinessProbe: undefined, lifecycle: undefined, ports: undefined },
    ),
  }),
  "a CronJob": withMore(
    other("batch/v1", "CronJob", "nightly", {
      spec: {
        schedule: "0 3 * * *",
        jobTemplate: {
          spec: {
            template: template({ restartPolicy: "Never" }, { readinessProbe: undefined }),
          },
        },
      },
    }),
  ),
  "a StatefulSet": program({ deployments: [{ ...deployment(), kind: "StatefulSet" }] }),
  "a DaemonSet": program({
    deployments: [{ ...deployment({ replicas: undefined }), kind: "DaemonSet" }],
    budgets: [],
  }),
  "a custom resource with a template of its own": withMore(
    other("example.com/v1", "Widget", "w", { spec: { template: { spec: { size: 1 } } } }),
  ),
  "another API's Service": withMore(
    other("serving.example.com/v1", "Service", "w", { spec: { type: "LoadBalancer" } }),
  ),
  nothing: [],
};
