import type { KubernetesObject } from "@kubernetes/client-node";
import type { ClusterAccess } from "../../components/cluster/access.ts";
import { apiErrorText } from "../../components/cluster/api-error.ts";
import { connect, type KubernetesApis } from "../../components/cluster/client.ts";
import { liveObject } from "../../components/cluster/deletion/deleted-object.ts";
import type { ClusterFacts, ObservedObject, StackState, StateResource } from "../facts.ts";
import { isManagedObject } from "../rules/cluster-rules.ts";

/** By this name Pulumi's provider writes, with a suffix of its own for each resource. */
const FIELD_MANAGER = "pulumi-kubernetes";
const AT_ONCE = 10;

/** Reads what the clusters of a stack's providers have. */
export async function observeClusters(
  { pendingOperations, resources }: StackState,
  context: string | undefined,
): Promise<readonly ClusterFacts[]> {
  const pending = pendingOperations
    .filter(({ type }) => type === "creating")
    .map(({ resource }) => ({ ...resource, outputs: {} }));
  const managed = [...resources, ...pending].filter(isManagedObject);
  const byProvider = Map.groupBy(managed, ({ provider = "" }) => provider);
  const all: ClusterFacts[] = [];
  for (const [provider, some] of byProvider) {
    const settings = resources.find(({ id, urn }) => `${urn}::${id}` === provider)?.inputs;
    all.push(await observeCluster(provider, some, accessOf(settings, context)));
  }
  return all;
}

/** As the provider states it; secret settings are encrypted in the state, and the environment's are used instead. */
function accessOf(
  inputs: Readonly<Record<string, unknown>> = {},
  context: string | undefined,
): ClusterAccess {
  const text = (key: string) => {
    const value = inputs[key];
    return typeof value === "string" ? value : undefined;
  };
  const stated = {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    cluster: text("cluster"),
  };
  return context === undefined ? stated : { context };
}

async function observeCluster(
  provider: string,
  resources: readonly StateResource[],
  access: ClusterAccess,
): Promise<ClusterFacts> {
  try {
    const apis = await connect(access);
    const system = await apis.core.readNamespace({ name: "kube-system" });
    const objects: ObservedObject[] = [];
    for (let start = 0; start < resources.length; start += AT_ONCE) {
      const some = resources.slice(start, start + AT_ONCE);
      objects.push(...(await Promise.all(some.map((it) => observe(apis, it)))));
    }
    const others = await otherObjects(apis, resources, objects);
    return { provider, uid: system.metadata?.uid ?? "", objects, others };
  } catch (error) {
    return { provider, problem: apiErrorText(error), objects: [], others: [] };
  }
}

async function observe(apis: KubernetesApis, resource: StateResource): Promise<ObservedObject> {
  const { apiVersion, kind, metadata } = Object({ ...resource.inputs, ...resource.outputs });
  const { name, namespace, uid } = Object(metadata);
  const live = await liveObject(apis, { apiVersion, kind, name, namespace, uid });
  return { urn: resource.urn, live, ...(typeof uid === "string" && { uid }) };
}

/** Objects of the same kinds in the same namespaces that Pulumi has written and that nobody else owns. */
async function otherObjects(
  { objects }: KubernetesApis,
  resources: readonly StateResource[],
  observed: readonly ObservedObject[],
): Promise<readonly KubernetesObject[]> {
  const known = new Set(observed.map(({ live }) => live?.metadata?.uid));
  const places = new Map(resources.flatMap((it) => placeOf(it) ?? []));
  const lists = await Promise.all(
    [...places.values()].map(async ({ apiVersion, kind, namespace }) => {
      const { items } = await objects.list(apiVersion, kind, namespace);
      return items.map((item) => ({ apiVersion, kind, metadata: item.metadata ?? {} }));
    }),
  );
  return lists.flat().filter(({ metadata }) => {
    const managers = (metadata.managedFields ?? []).map(({ manager = "" }) => manager);
    return (
      !known.has(metadata.uid) &&
      (metadata.ownerReferences ?? []).length === 0 &&
      managers.some((it) => it.startsWith(FIELD_MANAGER))
    );
  });
}

interface Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
}

/** Where an object is looked for; nowhere for those without a namespace, which all stacks of a cluster share. */
function placeOf({ inputs, outputs }: StateResource): [string, Place][] | undefined {
  const { apiVersion, kind, metadata } = Object({ ...inputs, ...outputs });
  const { namespace } = Object(metadata);
  if (typeof namespace !== "string") return undefined;
  return [[`${apiVersion} ${kind} ${namespace}`, { apiVersion, kind, namespace }]];
}
