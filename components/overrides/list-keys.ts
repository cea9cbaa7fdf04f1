/** The keyed lists of a container, which are the same for containers and init containers. */
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
 * The lists whose items have keys, by path, with their key fields: the `x-kubernetes-list-map-keys` of the API's
 * OpenAPI document. Any other list is merged as one value. A test compares this with a running API server.
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

/** The API server's defaults for unset keys. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: "TCP" };

/** A list and the lists inside its items, or the lists below a field. */
function below(path: string, lists: Record<string, string[]>): Record<string, string[]> {
  const inside = Object.entries(lists).map(([name, keys]) => [`${path}.${name}`, keys]);
  const own = /ontainers$/.test(path) ? { [path]: ["name"] } : {};
  return { ...own, ...Object.fromEntries(inside) };
}
