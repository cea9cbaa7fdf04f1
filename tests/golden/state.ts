/** One resource of an exported state, as far as it is looked at here. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  /** Whether it is more than a component. */
  readonly custom: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  readonly inputs?: any;
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  readonly outputs?: any;
}

/** What `pulumi stack export` prints. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: { readonly manifest: object; readonly resources: readonly StateResource[] };
}

/** What the cluster says about an object, with the name under which the provider has written it. */
export type LiveObject = Readonly<Record<string, unknown>>;

/** Stands for the uid of the cluster's namespace `kube-system`, by which a stack knows its cluster. */
const CLUSTER_UID = "00000000-0000-0000-0000-000000000000";

/** When and where something was recorded: no two recordings are alike in it, and no check reads it. */
const CIRCUMSTANCES = ["created", "modified", "sourcePosition", "stackTrace"];
const NO_TIME = "2000-01-01T00:00:00Z";

/**
 * What a release's state is kept for: URNs, inputs, and the name under which the provider writes. What the cluster has
 * said about the objects, and with it what the components put out, is left out; it is filled in from the cluster that the state is checked on.
 */
export function goldenState(exported: ExportedState, clusterUid: string): ExportedState {
  const resources = exported.deployment.resources.map((resource) => {
    const kept = Object.entries(resource).filter(([key]) => !CIRCUMSTANCES.includes(key));
    const golden = Object.fromEntries(kept) as unknown as StateResource;
    return resource.custom && !isObject(resource)
      ? golden
      : { ...golden, outputs: notesOf(resource) };
  });
  const manifest = { ...exported.deployment.manifest, time: NO_TIME };
  const state = { ...exported, deployment: { ...exported.deployment, manifest } };
  return withResources(state, resources, clusterUid, CLUSTER_UID);
}

/** A value that is another one in every recording: an id, a field manager's name, a digest, a salt's ciphertext. */
const DRAWN = [
  /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g,
  /(?<=pulumi-kubernetes-)[\da-f]{8}/g,
  /(?<=")[\da-f]{32}(?:[\da-f]{32})?(?=")/g,
  /(?<="ciphertext":")[^"]*/g,
];

/** A recording, so that those of one engine compare equal: without what is drawn, and without the order in which parallel work ended. */
function comparable({ deployment, version }: ExportedState): string {
  const resources = deployment.resources
    .map((resource) => {
      const { dependencies } = resource as { dependencies?: readonly string[] };
      return dependencies ? { ...resource, dependencies: [...dependencies].sort() } : resource;
    })
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
  const text = JSON.stringify({ version, ...deployment, resources, manifest: undefined });
  return DRAWN.reduce((rest, drawn) => rest.replaceAll(drawn, "drawn"), text);
}

/**
 * What is kept after a state has been recorded again: the new one; but where it differs from the one before by chance alone, that one,
 * with the name of the engine that has confirmed it. So a difference of the files is one between engines.
 */
export function recordedAgain(
  before: ExportedState | undefined,
  after: ExportedState,
): ExportedState {
  if (before === undefined || comparable(before) !== comparable(after)) return after;
  return {
    ...before,
    deployment: { ...before.deployment, manifest: after.deployment.manifest },
  };
}

/** A golden state as if it had deployed these objects to this cluster. */
export function stateOn(
  golden: ExportedState,
  clusterUid: string,
  live: ReadonlyMap<string, LiveObject>,
): ExportedState {
  const resources = golden.deployment.resources.map((resource) => {
    if (!isObject(resource)) {
      return resource;
    }
    const { inputs, outputs, urn } = resource;
    // A Secret's data is only in the inputs in the form in which a state may have it.
    const data = inputs?.data === undefined ? {} : { data: inputs.data };
    return { ...resource, outputs: { ...live.get(urn), ...data, __inputs: inputs, ...outputs } };
  });
  return withResources(golden, resources, CLUSTER_UID, clusterUid);
}

/** Whether a resource is an object in the cluster. */
export function isObject({ type }: StateResource): boolean {
  return type.startsWith("kubernetes:");
}

function withResources(
  state: ExportedState,
  resources: readonly StateResource[],
  before: string,
  after: string,
): ExportedState {
  const text = JSON.stringify({ ...state, deployment: { ...state.deployment, resources } });
  return JSON.parse(text.replaceAll(before, after));
}

function notesOf({ outputs }: StateResource): object {
  const { __fieldManager, __initialApiVersion } = outputs ?? {};
  return { __fieldManager, __initialApiVersion };
}
