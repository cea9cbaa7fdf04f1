/** The lists of a container: the same for the containers of a Pod and those that start before them. */
const CONTAINER = {
  env: ["name"],
  ports: ["containerPort", "protocol"],
  "resources.claims": ["name"],
  volumeDevices: ["devicePath"],
  volumeMounts: ["mountPath"],
};

const POD = {
  hostAliases: ["ip"],
  imagePullSecrets: ["name"],
  resourceClaims: ["name"],
  "resources.claims": ["name"],
  schedulingGates: ["name"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  volumes: ["name"],
  "volumes.ephemeral.volumeClaimTemplate.metadata.ownerReferences": ["uid"],
  ...below("containers", CONTAINER),
  ...below("ephemeralContainers", CONTAINER),
  ...below("initContainers", CONTAINER),
};

/**
 * The lists in the objects of a component whose items have an identity, by path, and the fields that are it: the
 * `x-kubernetes-list-map-keys` of the API's OpenAPI document. Any other list is one value. A test holds this against a running API server.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  "metadata.ownerReferences": ["uid"],
  secrets: ["name"],
  "spec.ports": ["port", "protocol"],
  "spec.template.metadata.ownerReferences": ["uid"],
  ...below("spec.template.spec", POD),
};

/** What the API server takes for a key that is not stated. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: "TCP" };

/** A list and the lists inside its items, or the lists below a field. */
function below(path: string, lists: Record<string, string[]>): Record<string, string[]> {
  const inside = Object.entries(lists).map(([name, keys]) => [`${path}.${name}`, keys]);
  const own = /ontainers$/.test(path) ? { [path]: ["name"] } : {};
  return { ...own, ...Object.fromEntries(inside) };
}
