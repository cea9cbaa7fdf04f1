/** A Kubernetes object as it would be applied. */
export interface Manifest {
  /** The API group and version. */
  readonly apiVersion: string;
  /** The kind. */
  readonly kind: string;
  /** The metadata, including the name. */
  readonly metadata: ManifestMetadata;
  /** The other fields of the kind, usually `spec`. */
  readonly [field: string]: unknown;
}

/** The metadata of a {@link Manifest} that every kind has. */
export interface ManifestMetadata {
  /** The name. If the program leaves it to Pulumi, which adds a random suffix, this is the resource's name. */
  readonly name: string;
  /**
   * The namespace.
   *
   * @default - the object has none, or the provider decides it
   */
  readonly namespace?: string;
  /** Labels, annotations and the other metadata that the program states. */
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
