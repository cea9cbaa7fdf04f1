import * as pulumi from "@pulumi/pulumi";
import { isDeferred, isRecord } from "../validation/checks.ts";

/** The part of a manifest that is read here. */
export interface Described {
  readonly metadata?: unknown;
}

/**
 * A manifest with other annotations.
 *
 * @param change - the annotations, given those of the manifest, which a patch may have made an Output
 */
export function annotated<Manifest extends Described>(
  manifest: Manifest,
  change: (own: object) => object,
): Manifest {
  const metadata = isRecord(manifest.metadata) ? manifest.metadata : {};
  const own = metadata["annotations"];
  const annotations = isDeferred(own)
    ? pulumi.output(own as Promise<object>).apply(change)
    : change(Object(own));
  return { ...manifest, metadata: { ...metadata, annotations } };
}
