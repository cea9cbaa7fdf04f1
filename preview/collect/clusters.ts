import { apiErrorText } from "../../components/cluster/api-error.ts";
import { connect } from "../../components/cluster/client.ts";
import { type Change, nameOf, Operation } from "../engine/changes.ts";
import { isObject, kindOf, manifestOf } from "../engine/kubernetes.ts";
import { at, isProperties, SECRET, UNKNOWN } from "../engine/values.ts";
import type { ClusterEvidence, ObjectEvidence } from "../evidence.ts";
import { providersOf } from "../trust/clusters.ts";

const ANSWER_MILLISECONDS = 10_000;
/** So many objects of a stack are looked for: enough to tell clusters apart, and quick. */
const MOST_OBJECTS = 20;
const NOT_FOUND = 404;

/** The contexts for providers that hide how they reach their cluster, by the provider's name; `""` is for all others. */
export type Contexts = Readonly<Record<string, string>>;

type Apis = Awaited<ReturnType<typeof connect>>;

/** How a cluster is reached, and where that is from. */
interface Access {
  readonly access: ClusterEvidence["access"];
  readonly context: string;
  readonly kubeconfig?: string;
  readonly cluster?: string;
}

/** Asks the cluster behind each Kubernetes provider of a preview who it is, and for some objects of the state. */
export async function askClusters(
  changes: readonly Change[],
  contexts: Contexts,
): Promise<readonly ClusterEvidence[]> {
  const providers = providersOf(changes);
  return await Promise.all(providers.map((provider) => askCluster(provider, changes, contexts)));
}

async function askCluster(
  provider: string,
  changes: readonly Change[],
  contexts: Contexts,
): Promise<ClusterEvidence> {
  const { access, ...given } = accessOf(provider, changes, contexts);
  const found = { provider, access, context: given.context };
  try {
    const apis = await connect(given);
    const system = await inTime(apis.core.readNamespace({ name: "kube-system" }));
    const uid = system.metadata?.uid ?? "";
    return { ...found, uid, objects: await findObjects(apis, provider, changes) };
  } catch (error) {
    return { ...found, error: apiErrorText(error).slice(0, 300), objects: [] };
  }
}

/** How a provider reaches its cluster, from its own inputs where the preview shows them. */
function accessOf(provider: string, changes: readonly Change[], contexts: Contexts): Access {
  const chosen = contexts[nameOf(provider)] ?? contexts[""];
  const inputs = changes.find(({ urn }) => urn === provider);
  const { cluster, context, kubeconfig } = inputs?.after ?? inputs?.before ?? {};
  const hidden = [cluster, context, kubeconfig].some((it) => it === SECRET || it === UNKNOWN);
  if (chosen !== undefined) return { access: "option", context: chosen };
  if (hidden) return { access: "ambient", context: "" };
  return {
    access: "provider",
    context: typeof context === "string" ? context : "",
    ...(typeof kubeconfig === "string" && kubeconfig !== "" ? { kubeconfig } : {}),
    ...(typeof cluster === "string" && cluster !== "" ? { cluster } : {}),
  };
}

async function findObjects(
  apis: Apis,
  provider: string,
  changes: readonly Change[],
): Promise<readonly ObjectEvidence[]> {
  const existing = changes.filter(
    (it) =>
      isObject(it) &&
      (it.providerBefore ?? it.provider) === provider &&
      it.operation !== Operation.Read &&
      uidBefore(it) !== undefined &&
      kindOf(it) !== "Secret",
  );
  return await Promise.all(spread(existing).map((it) => findObject(apis, it)));
}

async function findObject({ objects }: Apis, change: Change): Promise<ObjectEvidence> {
  const manifest = manifestOf(change, change.outputsBefore);
  const metadata = manifest?.metadata ?? { name: change.name };
  const header = { apiVersion: manifest?.apiVersion ?? "", kind: kindOf(change) };
  const { name, namespace } = metadata as { name: string; namespace?: string };
  try {
    const where = { name, ...(namespace === undefined ? {} : { namespace }) };
    const read = await inTime(objects.read({ ...header, metadata: where }));
    return { urn: change.urn, found: read.metadata?.uid === uidBefore(change) ? "same" : "other" };
  } catch (error) {
    const missing = isProperties(error) && error["code"] === NOT_FOUND;
    return { urn: change.urn, found: missing ? "missing" : "unreadable" };
  }
}

const uidBefore = (change: Change): unknown => at(change.outputsBefore, "metadata", "uid");

/** At most so many items, from all parts of a list. */
function spread<T>(items: readonly T[]): readonly T[] {
  const step = Math.max(1, items.length / MOST_OBJECTS);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const error = new Error(`no answer within ${ANSWER_MILLISECONDS / 1000} s`);
    timer = setTimeout(() => reject(error), ANSWER_MILLISECONDS);
  });
  return await Promise.race([answer, limit]).finally(() => clearTimeout(timer));
}
