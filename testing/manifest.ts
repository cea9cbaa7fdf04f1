/** A Kubernetes object as it would be applied. */
export interface Manifest {
  /** The API group and version. */
  readonly apiVersion: string;
  /** The kind. */
  readonly kind: string;
  /** The metadata; the name among them. */
  readonly metadata: ManifestMetadata;
  /** Whatever else the kind has, `spec` most of the time. */
  readonly [field: string]: unknown;
}

/** The metadata of a {@link Manifest}, as far as every kind has them. */
export interface ManifestMetadata {
  /** The name. Where the program leaves it to Pulumi, which adds a random suffix, the resource's name stands here. */
  readonly name: string;
  /**
   * The namespace.
   *
   * @default - the object has none, or leaves it to the provider
   */
  readonly namespace?: string;
  /** Labels, annotations and whatever else the program states. */
  readonly [field: string]: unknown;
}

/** Orders manifests as they are rendered: namespaces first, then by kind, namespace and name. */
export function byPlace(one: Manifest, other: Manifest): number {
  const [first, second] = [place(one), place(other)];
  return first < second ? -1 : Number(first > second);
}

/** A manifest in a message: its kind, and the name as kubectl shows it. */
export function describeManifest({ kind, metadata }: Manifest): string {
  const namespace = metadata.namespace === undefined ? "" : `${metadata.namespace}/`;
  return `${kind} ${namespace}${metadata.name}`;
}

function place({ apiVersion, kind, metadata }: Manifest): string {
  const order = kind === "Namespace" ? 0 : 1;
  return JSON.stringify([order, kind, metadata.namespace ?? "", metadata.name, apiVersion]);
}
