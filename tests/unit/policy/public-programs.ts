import type { Manifest } from "../../../testing/manifest.ts";

/** What somebody else publishes, by the fields that rules read. */
interface PublicProgram {
  /** Where it is published, with the version whose fields these are. */
  readonly source: string;
  /** The rules that it breaks, as reading it shows. Every other alarm would be false. */
  readonly breaks: readonly string[];
  readonly objects: readonly Manifest[];
}

type Fields = Readonly<Record<string, unknown>>;

const object = (kind: string, name: string, namespace: string, spec: Fields): Manifest => ({
  apiVersion: kind === "Service" ? "v1" : "apps/v1",
  kind,
  metadata: { name, namespace },
  spec,
});

const workload = (
  kind: string,
  name: string,
  namespace: string,
  pod: Fields,
  labels: Readonly<Record<string, string>>,
): Manifest =>
  object(kind, name, namespace, {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: pod },
  });

/** The account of a controller, and the binding that lets it use the API. */
const account = (
  kind: "ClusterRoleBinding" | "RoleBinding",
  binding: string,
  name: string,
  namespace: string,
): readonly Manifest[] => [
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: kind === "RoleBinding" ? { name: binding, namespace } : { name: binding },
    roleRef: { kind: kind.replace("Binding", ""), name: binding },
    // Argo CD leaves the namespace out, which means the binding's own.
    subjects: [{ kind: "ServiceAccount", name, ...(kind === "RoleBinding" ? {} : { namespace }) }],
  },
];

const DROPPED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true };
const METALLB = { app: "metallb" };
const CNPG = { "app.kubernetes.io/name": "cloudnative-pg" };
const NOTIFIER = { "app.kubernetes.io/name": "argocd-notifications-controller" };
const METRICS = { "k8s-app": "metrics-server" };
const RESTRICTED = {
  ...DROPPED,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
/** What most of them leave to those who install them. */
const LEFT_OPEN = ["memory-limit-missing", "requests-missing"];

export const publicPrograms: Readonly<Record<string, PublicProgram>> = {
  "MetalLB's speaker, on the network of its node": {
    source: "https://github.com/metallb/metallb/blob/v0.15.2/config/manifests/metallb-native.yaml",
    breaks: ["host-namespaces", "pod-security-restricted", ...LEFT_OPEN],
    objects: [
      workload(
        "DaemonSet",
        "speaker",
        "metallb-system",
        {
          serviceAccountName: "speaker",
          hostNetwork: true,
          containers: [
            {
              name: "speaker",
              image: "quay.io/metallb/speaker:v0.15.2",
              ports: [{ name: "monitoring", containerPort: 7472 }],
              readinessProbe: { httpGet: { path: "/metrics", port: "monitoring" } },
              securityContext: { ...DROPPED, capabilities: { drop: ["ALL"], add: ["NET_RAW"] } },
            },
          ],
        },
        { ...METALLB, component: "speaker" },
      ),
      ...account("ClusterRoleBinding", "metallb-system:speaker", "speaker", "metallb-system"),
    ],
  },
  "MetalLB's controller, with the Service of its webhook": {
    source: "https://github.com/metallb/metallb/blob/v0.15.2/config/manifests/metallb-native.yaml",
    breaks: ["network-policy-missing", "pod-security-restricted", "single-replica", ...LEFT_OPEN],
    objects: [
      workload(
        "Deployment",
        "controller",
        "metallb-system",
        {
          serviceAccountName: "controller",
          securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534 },
          containers: [
            {
              name: "controller",
              image: "quay.io/metallb/controller:v0.15.2",
              ports: [
                { name: "monitoring", containerPort: 7472 },
                { name: "webhook-server", containerPort: 9443 },
              ],
              readinessProbe: { httpGet: { path: "/metrics", port: "monitoring" } },
              securityContext: { ...DROPPED, capabilities: { drop: ["all"] } },
            },
          ],
        },
        { ...METALLB, component: "controller" },
      ),
      ...account("ClusterRoleBinding", "metallb-system:controller", "controller", "metallb-system"),
      object("Service", "metallb-webhook-service", "metallb-system", {
        ports: [{ port: 443, targetPort: 9443 }],
        selector: { component: "controller" },
      }),
    ],
  },
  "CloudNativePG's operator, restricted and with limits": {
    source:
      "https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.27.0/releases/cnpg-1.27.0.yaml",
    breaks: ["network-policy-missing", "single-replica"],
    objects: [
      workload(
        "Deployment",
        "cnpg-controller-manager",
        "cnpg-system",
        {
          serviceAccountName: "cnpg-manager",
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "manager",
              image: "ghcr.io/cloudnative-pg/cloudnative-pg:1.27.0",
              env: [{ name: "MONITORING_QUERIES_CONFIGMAP", value: "cnpg-default-monitoring" }],
              ports: [
                { name: "metrics", containerPort: 8080 },
                { name: "webhook-server", containerPort: 9443 },
              ],
              readinessProbe: { httpGet: { path: "/readyz", port: 9443, scheme: "HTTPS" } },
              resources: {
                limits: { cpu: "100m", memory: "200Mi" },
                requests: { cpu: "100m", memory: "100Mi" },
              },
              securityContext: RESTRICTED,
            },
          ],
        },
        CNPG,
      ),
      ...account("ClusterRoleBinding", "cnpg-manager-rolebinding", "cnpg-manager", "cnpg-system"),
      object("Service", "cnpg-webhook-service", "cnpg-system", {
        ports: [{ port: 443, targetPort: 9443 }],
        selector: CNPG,
      }),
    ],
  },
  "Argo CD's notifier, whose Service leads to a port that the container does not declare": {
    source: "https://github.com/argoproj/argo-cd/blob/v3.1.0/manifests/install.yaml",
    breaks: ["network-policy-missing", "single-replica", ...LEFT_OPEN],
    objects: [
      workload(
        "Deployment",
        "argocd-notifications-controller",
        "argocd",
        {
          serviceAccountName: "argocd-notifications-controller",
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "argocd-notifications-controller",
              image: "quay.io/argoproj/argocd:v3.1.0",
              livenessProbe: { tcpSocket: { port: 9001 } },
              securityContext: { ...DROPPED, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
        NOTIFIER,
      ),
      ...account(
        "RoleBinding",
        "argocd-notifications-controller",
        "argocd-notifications-controller",
        "argocd",
      ),
      object("Service", "argocd-notifications-controller-metrics", "argocd", {
        ports: [{ name: "metrics", port: 9001, targetPort: 9001 }],
        selector: NOTIFIER,
      }),
    ],
  },
  "metrics-server, of which the master branch is the image": {
    source:
      "https://github.com/kubernetes-sigs/metrics-server/blob/v0.8.0/manifests/base/deployment.yaml",
    breaks: ["memory-limit-missing", "mutable-image", "network-policy-missing"],
    objects: [
      workload(
        "Deployment",
        "metrics-server",
        "kube-system",
        {
          serviceAccountName: "metrics-server",
          containers: [
            {
              name: "metrics-server",
              image: "gcr.io/k8s-staging-metrics-server/metrics-server:master",
              ports: [{ name: "https", containerPort: 10250 }],
              readinessProbe: { httpGet: { path: "/readyz", port: "https", scheme: "HTTPS" } },
              resources: { requests: { cpu: "100m", memory: "200Mi" } },
              securityContext: { ...RESTRICTED, runAsUser: 1000 },
            },
          ],
        },
        METRICS,
      ),
      ...account("ClusterRoleBinding", "system:metrics-server", "metrics-server", "kube-system"),
    ],
  },
};
