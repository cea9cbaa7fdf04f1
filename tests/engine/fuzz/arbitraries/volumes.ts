import fc from "fast-check";
import type { VolumeArgs } from "../../../../components/index.ts";
import { fields } from "./fields.ts";
import { absolutePath, dnsLabel, objectName } from "./texts.ts";

type Source = Pick<
  VolumeArgs,
  "configMapName" | "secretName" | "persistentVolumeClaimName" | "emptyDirSizeLimit" | "readOnly"
>;

const sizeLimit = fc.constantFrom("0", "64Mi", "1.5Gi", "1e9", "500M", "1", "128Ki");

const source: fc.Arbitrary<Source> = fc.oneof(
  fc.record({ configMapName: objectName }),
  fc.record({ secretName: objectName }),
  fields<Pick<Source, "readOnly"> & { persistentVolumeClaimName: string }>(
    { persistentVolumeClaimName: objectName },
    { readOnly: fc.boolean() },
  ),
  fc.record({ emptyDirSizeLimit: sizeLimit }),
);

const volume: fc.Arbitrary<VolumeArgs> = fc
  .tuple(dnsLabel, fc.oneof({ weight: 4, arbitrary: absolutePath }, fc.constant("/tmp")), source)
  // The Backend has a volume of that name where none is mounted at /tmp.
  .map(([name, mountPath, from]) => ({
    name: name === "tmp" && mountPath !== "/tmp" ? "temporary" : name,
    mountPath,
    ...from,
  }));

/** The files of a Backend: each name and each path once. */
export const volumes = fc.uniqueArray(volume, {
  maxLength: 5,
  comparator: (one, other) => one.name === other.name || one.mountPath === other.mountPath,
});
