import type { Manifest } from "../../../testing/manifest.ts";

/** The fields of an object. */
export type Fields = Readonly<Record<string, unknown>>;

const namespace = "shop";
const labels = { app: "web" };
const DIGEST = `sha256:${"a1b2c3d4".repeat(8)}`;

/** A container that keeps every rule. */
export const container = (more: Fields = {}): Fields => ({
  name: "web",
  image: `registry.example/web:1.4.2@${DIGEST}`,
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  lifecycle: { preStop: { sleep: { seconds: 10 } } },
  resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  ...more,
});

/** The template of Pods that keep every rule. */
export const template = (pod: Fields = {}, more: Fields = {}): Fields => ({
  metadata: { labels },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container(more)],
    ...pod,
  },
});

const object = (apiVersion: string, kind: string, name: string, fields: Fields): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace, labels },
  ...fields,
});

/** Objects that keep every rule together. */
export const deployment = (spec: Fields = {}, pod: Fields = {}, more: Fields = {}): Manifest =>
  object("apps/v1", "Deployment", "web", {
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: template(pod, more),
      ...spec,
    },
  });
export const service = (spec: Fields = {}, annotations: Fields = {}): Manifest => {
  const made = object("v1", "Service", "web", {
    spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }], ...spec },
  });
  return { ...made, metadata: { ...made.metadata, annotations } };
};
export const policy = (spec: Fields = {}): Manifest =>
  object("networking.k8s.io/v1", "NetworkPolicy", "web", {
    spec: { podSelector: { matchLabels: labels }, policyTypes: ["Ingress"], ...spec },
  });
export const budget = (spec: Fields = {}): Manifest =>
  object("policy/v1", "PodDisruptionBudget", "web", {
    spec: { maxUnavailable: 1, selector: { matchLabels: labels }, ...spec },
  });
export const other = object;

/** The annotation of an internal load balancer of AWS. */
export const INTERNAL = { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" };

/** An internal load balancer for one network. */
export const front = (spec: Fields = {}, annotations: Fields = INTERNAL): Manifest =>
  service({ type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8"], ...spec }, annotations);

/** A whole program, with some of its objects exchanged. */
export const program = ({
  deployments = [deployment()],
  services = [service()],
  policies = [policy()],
  budgets = [budget()],
  more = [],
}: Partial<
  Record<"budgets" | "deployments" | "more" | "policies" | "services", readonly Manifest[]>
> = {}): readonly Manifest[] => [...deployments, ...services, ...policies, ...budgets, ...more];
