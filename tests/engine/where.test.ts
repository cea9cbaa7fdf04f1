import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesObjectApi, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { collect, MOST_REQUESTS } from "../../where/collect/collect.ts";
import { type Connection, connect } from "../../where/collect/connection.ts";
import { Reader } from "../../where/collect/reader.ts";
import { diagnose } from "../../where/diagnosis/diagnose.ts";
import { type Diagnosis, Health } from "../../where/diagnosis/diagnosis.ts";
import type { Asked } from "../../where/state/cluster-state.ts";
import { config, core, paths } from "./rig.ts";

// What recorded states cannot show: that a real API server, its controllers and its scheduler show what the rules look for.
const folder = mkdtempSync(join(tmpdir(), "where-test-"));
const api = KubernetesObjectApi.makeApiClient(config);

type Spec = Readonly<Record<string, unknown>>;
type Manifest = Parameters<typeof api.create>[0];

const LABELS = { app: "web" };
const PORT = { name: "http", port: 80, targetPort: "http" };

const service = (spec: Spec = {}, name = "web"): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { selector: LABELS, ports: [PORT], ...spec },
});

/** A Deployment whose Pods are simulated; `failure` is how they fail. */
function deployment(pod: Spec = {}, more: Spec = {}, failure?: string): object {
  const annotations = failure === undefined ? {} : { "simulated.node/failure": failure };
  const ports = [{ name: "http", containerPort: 8080 }];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS, annotations },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: "web", image: "example/web:1", ports }],
          ...pod,
        },
      },
      ...more,
    },
  };
}

const policy = (spec: Spec): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "closed" },
  spec: { podSelector: {}, policyTypes: ["Ingress"], ...spec },
});

const slice = (portName: string): object => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "web-1", labels: { "kubernetes.io/service-name": "web" } },
  addressType: "IPv4",
  ports: [{ name: portName, port: 5432 }],
  endpoints: [{ addresses: ["192.0.2.7"] }],
});

interface RealCase {
  /** The cause that is found; absent where nothing is. */
  readonly cause?: string;
  readonly title: string;
  readonly objects: readonly object[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly asked?: Partial<Asked>;
  /** Objects of another namespace. */
  readonly elsewhere?: readonly object[];
}

const QUOTA = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "none" },
  spec: { hard: { pods: "0" } },
};
const RESTRICTED = { "pod-security.kubernetes.io/enforce": "restricted" };
const CLAIM = { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] };

const CASES: readonly RealCase[] = [
  { title: "a Deployment", objects: [service(), deployment()] },
  {
    title: "an ExternalName",
    objects: [
      service({
        type: "ExternalName",
        externalName: "api.example.com",
        selector: undefined,
        ports: undefined,
      }),
    ],
  },
  {
    title: "a headless Service with the port of its Pods",
    objects: [service({ clusterIP: "None", ports: [{ ...PORT, port: 8080 }] }), deployment()],
  },
  {
    title: "a Service without a selector and a slice by hand",
    objects: [service({ selector: undefined }), slice("http")],
  },
  { title: "a node port", objects: [service({ type: "NodePort" }), deployment()] },
  {
    cause: "service-not-found",
    title: "nobody has it",
    objects: [deployment()],
    asked: { name: "where-nowhere" },
  },
  {
    cause: "service-in-another-namespace",
    title: "the neighbour has it",
    objects: [deployment()],
    elsewhere: [service({}, "where-else")],
    asked: { name: "where-else" },
  },
  {
    cause: "selector-matches-no-pod",
    title: "another label",
    objects: [service({ selector: { app: "webshop" } }), deployment()],
  },
  {
    cause: "pods-in-another-namespace",
    title: "the neighbour has them",
    objects: [service({ selector: { app: "web", team: "neighbour" } })],
    elsewhere: [
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "web", labels: { app: "web", team: "neighbour" } },
        spec: { containers: [{ name: "web", image: "example/web:1" }] },
      },
    ],
  },
  {
    cause: "target-port-name-missing",
    title: "web",
    objects: [service({ ports: [{ ...PORT, targetPort: "web" }] }), deployment()],
  },
  {
    cause: "target-port-undeclared",
    title: "9000",
    objects: [service({ ports: [{ ...PORT, targetPort: 9000 }] }), deployment()],
  },
  {
    cause: "protocol-mismatch",
    title: "UDP",
    objects: [service({ ports: [{ ...PORT, protocol: "UDP" }] }), deployment()],
  },
  {
    cause: "headless-port-not-translated",
    title: "80",
    objects: [service({ clusterIP: "None" }), deployment()],
  },
  {
    cause: "port-not-served",
    title: "81",
    objects: [service(), deployment()],
    asked: { port: 81 },
  },
  {
    cause: "image-not-pulled",
    title: "simulated",
    objects: [service(), deployment({}, {}, "ImagePullBackOff")],
  },
  {
    cause: "crash-loop",
    title: "simulated",
    objects: [service(), deployment({}, {}, "CrashLoopBackOff")],
  },
  {
    cause: "readiness-probe-fails",
    title: "simulated",
    objects: [service(), deployment({}, {}, "NotReady")],
  },
  {
    cause: "not-scheduled",
    title: "no such node",
    objects: [service(), deployment({ nodeSelector: { no: "node" } })],
  },
  {
    cause: "scheduling-gate",
    title: "a gate",
    objects: [service(), deployment({ schedulingGates: [{ name: "example.com/gate" }] })],
  },
  { cause: "volume-not-bound", title: "no such claim", objects: [service(), deployment(CLAIM)] },
  {
    cause: "zero-replicas",
    title: "scaled to 0",
    objects: [service(), deployment({}, { replicas: 0 })],
  },
  {
    cause: "rollout-paused",
    title: "from the beginning",
    objects: [service(), deployment({}, { paused: true })],
  },
  {
    cause: "quota-refuses-pods",
    title: "no Pod at all",
    objects: [QUOTA, service(), deployment()],
  },
  {
    cause: "pod-security-refuses-pods",
    title: "restricted",
    labels: RESTRICTED,
    objects: [service(), deployment()],
  },
  {
    cause: "service-account-missing",
    title: "robot",
    objects: [service(), deployment({ serviceAccountName: "robot" })],
  },
  {
    cause: "no-selector-no-endpoints",
    title: "nobody wrote any",
    objects: [service({ selector: undefined })],
  },
  {
    cause: "manual-endpoint-port-name",
    title: "another name",
    objects: [service({ selector: undefined }), slice("db")],
  },
  {
    cause: "external-name-is-an-address",
    title: "IPv4",
    objects: [
      service({
        type: "ExternalName",
        externalName: "10.0.0.5",
        selector: undefined,
        ports: undefined,
      }),
    ],
  },
  {
    cause: "load-balancer-pending",
    title: "a class of nobody",
    objects: [
      service({ type: "LoadBalancer", loadBalancerClass: "example.com/none" }),
      deployment(),
    ],
  },
  {
    cause: "policy-admits-nobody",
    title: "closed",
    objects: [policy({}), service(), deployment()],
  },
];

const namespaceOf = (it: RealCase): string => `where-${CASES.indexOf(it)}`;
const names = CASES.flatMap((it) => [
  namespaceOf(it),
  ...(it.elsewhere ? [`${namespaceOf(it)}-else`] : []),
]);

let connection: Connection;

const create = (manifest: object, namespace: string): Promise<unknown> => {
  const { metadata, ...rest } = manifest as { readonly metadata: object };
  return api.create({ ...rest, metadata: { ...metadata, namespace } } as Manifest);
};

/** Reads the cluster for a question, and answers it. */
async function ask(
  it: RealCase,
  through = connection,
): Promise<Diagnosis & { readonly requests: number }> {
  const reader = new Reader(through);
  const asked = { kind: "Service", name: "web", namespace: namespaceOf(it), ...it.asked };
  return { ...diagnose(await collect(reader, asked)), requests: reader.requests };
}

/** The answer once the cluster shows it; the last one if it never does. */
async function settled(it: RealCase): ReturnType<typeof ask> {
  let answer = await ask(it);
  await waitFor(
    async () => {
      answer = await ask(it);
      return answer.findings[0]?.cause === it.cause;
    },
    { awaited: it.cause ?? "a healthy answer", timeoutSeconds: 60 },
  ).catch(() => {});
  return answer;
}

beforeAll(async () => {
  connection = await connect({ kubeconfig: paths.kubeconfig, timeout: 20_000 });
  for (const it of CASES) {
    const name = namespaceOf(it);
    const labels = it.labels ?? {};
    await core.createNamespace({ body: { metadata: { name, labels } } });
    for (const manifest of it.objects) await create(manifest, name);
    if (it.elsewhere === undefined) continue;
    await core.createNamespace({ body: { metadata: { name: `${name}-else` } } });
    for (const manifest of it.elsewhere) await create(manifest, `${name}-else`);
  }
});

afterAll(async () => {
  for (const name of names) await core.deleteNamespace({ name });
  rmSync(folder, { recursive: true });
});

describe("where-is-my-pod on a real API server", () => {
  const broken = CASES.filter(({ cause }) => cause !== undefined);

  it.each(broken)("names $cause first: $title", async (it) => {
    const { findings, requests } = await settled(it);

    expect(findings[0]?.cause, JSON.stringify(findings)).toBe(it.cause);
    expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  it.each(CASES.filter((it) => !broken.includes(it)))(
    "finds nothing wrong with $title",
    async (it) => {
      const { findings, requests, verdict } = await settled(it);

      expect(findings).toEqual([]);
      expect(verdict).toBe(Health.Healthy);
      expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);
    },
  );

  it("says what a role forbids, and still answers the rest", async () => {
    const [it] = CASES;
    if (it === undefined) throw new Error("There is no case");
    const through = await connectionOfRole(namespaceOf(it));

    const { checked, findings, verdict } = await ask(it, through);

    expect(verdict).toBe(Health.Unknown);
    expect(findings.map(({ cause }) => cause)).toEqual(["not-seen"]);
    expect(findings[0]?.sentence).toContain("networkPolicies (forbidden)");
    expect(checked).toContain("Pods: 1 of 1 ready");
  });
});

/** A connection of a ServiceAccount that may read Services, EndpointSlices and Pods of one namespace. */
async function connectionOfRole(namespace: string): Promise<Connection> {
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name: "reader" };
  const verbs = ["get", "list"];
  await core.createNamespacedServiceAccount({ namespace, body: { metadata } });
  const rules = [
    { apiGroups: [""], resources: ["services", "pods"], verbs },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs },
  ];
  await rbac.createNamespacedRole({ namespace, body: { metadata, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" };
  const subjects = [{ kind: "ServiceAccount", name: "reader", namespace }];
  await rbac.createNamespacedRoleBinding({ namespace, body: { metadata, roleRef, subjects } });
  const { status } = await core.createNamespacedServiceAccountToken({
    name: "reader",
    namespace,
    body: { spec: { audiences: [] } },
  });
  const { caData, server } = config.getCurrentCluster() ?? {};
  const kubeconfig = join(folder, "reader.json");
  const content = {
    "current-context": "reader",
    clusters: [{ name: "rig", cluster: { server, "certificate-authority-data": caData } }],
    contexts: [{ name: "reader", context: { cluster: "rig", user: "reader" } }],
    users: [{ name: "reader", user: { token: status?.token } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(content));
  return connect({ kubeconfig, timeout: 20_000 });
}
