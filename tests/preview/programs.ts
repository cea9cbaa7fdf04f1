/** An object that the program `tests/engine/programs/preview` declares. */
export interface Declared {
  readonly name: string;
  readonly kind: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly opts?: Readonly<Record<string, unknown>>;
}

/** What that program declares. */
export interface Program {
  readonly objects: readonly Declared[];
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly late?: string;
  readonly fails?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Nobody waits for what no controller of the cluster brings about. */
const annotations = { "pulumi.com/skipAwait": "true" };

/** The namespace of a scenario. The file of the program has it in place of `$ns`. */
export const NAMESPACE = "$ns";

const metadata = (name: string, more: Fields = {}): Fields => ({
  name,
  namespace: NAMESPACE,
  annotations,
  ...more,
});

/** The namespace itself. */
export const namespace: Declared = {
  name: "shop",
  kind: "Namespace",
  args: { metadata: { name: NAMESPACE } },
};

/** A ConfigMap with one entry. */
export const settings = (a: unknown, name = "settings", opts: Fields = {}): Declared => ({
  name,
  kind: "ConfigMap",
  args: { metadata: { name, namespace: NAMESPACE }, data: { a } },
  opts,
});

/** A Service. */
export const service = (spec: Fields, meta: Fields = {}, opts: Fields = {}): Declared => ({
  name: "front",
  kind: "Service",
  args: {
    metadata: metadata("front", meta),
    spec: { ports: [{ port: 80 }], selector: { app: "web" }, ...spec },
  },
  opts,
});

/** A Service of type LoadBalancer. */
export const balancer = (spec: Fields = {}, notes: Fields = {}, opts: Fields = {}): Declared =>
  service({ type: "LoadBalancer", ...spec }, { annotations: { ...annotations, ...notes } }, opts);

/** The annotations of an internal load balancer of AWS, and of a public one. */
export const INTERNAL = { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" };
export const AWS_NAME = "service.beta.kubernetes.io/aws-load-balancer-name";

const DIGEST = `sha256:${"a1b2c3d4".repeat(8)}`;

/** A Deployment. */
export const deployment = (
  spec: Fields = {},
  image = `registry.example/web@${DIGEST}`,
): Declared => ({
  name: "web",
  kind: "Deployment",
  args: {
    metadata: metadata("web"),
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image }] },
      },
      ...spec,
    },
  },
});

/** Objects that keep data, and that protect others. */
export const claim: Declared = {
  name: "data",
  kind: "PersistentVolumeClaim",
  args: {
    metadata: metadata("data"),
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  },
};
export const database = (spec: Fields = {}, opts: Fields = {}): Declared => ({
  name: "db",
  kind: "StatefulSet",
  opts,
  args: {
    metadata: metadata("db"),
    spec: {
      serviceName: "db",
      replicas: 1,
      selector: { matchLabels: { app: "db" } },
      template: {
        metadata: { labels: { app: "db" } },
        spec: { containers: [{ name: "db", image: `registry.example/db@${DIGEST}` }] },
      },
      ...spec,
    },
  },
});
export const policy: Declared = {
  name: "closed",
  kind: "NetworkPolicy",
  args: { metadata: metadata("closed"), spec: { podSelector: {}, policyTypes: ["Ingress"] } },
};
export const budget: Declared = {
  name: "web",
  kind: "PodDisruptionBudget",
  args: {
    metadata: metadata("web"),
    spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
  },
};
export const password = (value: string): Declared => ({
  name: "password",
  kind: "Secret",
  args: { metadata: { name: "password", namespace: NAMESPACE }, stringData: { value } },
});
