import fc from "fast-check";
import {
  AccessMode,
  EmptyDirMedium,
  type VolumeArgs,
  type VolumeItemArgs,
  type VolumeMountArgs,
} from "../../../../components/index.ts";
import { fields, oneOf } from "./fields.ts";
import { whole } from "./numbers.ts";
import { absolutePath, configurationKey, dnsLabel, objectName } from "./texts.ts";

type Source = Omit<VolumeArgs, "name" | "mountPath" | "subPath" | "mounts">;
type Files = Pick<Source, "defaultMode" | "items">;

const sizeLimit = fc.constantFrom("0", "64Mi", "1.5Gi", "1e9", "500M", "1", "128Ki");
const mode = whole(0, 0o777);
const inVolume = fc.oneof(
  absolutePath.map((path) => path.slice(1)),
  fc.constantFrom("a", "..a/b"),
);

const ofFile = inVolume.filter((path) => !path.startsWith(".."));

/** Each file has a path of its own. */
const items = fc
  .array(fields<VolumeItemArgs>({ key: configurationKey, path: ofFile }, { mode }), {
    maxLength: 3,
  })
  .map((all) => all.map((item, index) => ({ ...item, path: `${index}/${item.path}` })));
const files = fields<Files>({}, { defaultMode: mode, items });

const source: fc.Arbitrary<Source> = fc.oneof(
  fc.tuple(objectName, files).map(([configMapName, more]) => ({ configMapName, ...more })),
  fc.tuple(objectName, files).map(([secretName, more]) => ({ secretName, ...more })),
  fields<Pick<Source, "accessMode" | "readOnly"> & { persistentVolumeClaimName: string }>(
    { persistentVolumeClaimName: objectName },
    { readOnly: fc.boolean(), accessMode: oneOf(AccessMode) },
  ),
  fields<Pick<Source, "emptyDirMedium"> & { emptyDirSizeLimit: string }>(
    { emptyDirSizeLimit: sizeLimit },
    { emptyDirMedium: oneOf(EmptyDirMedium) },
  ),
);

const mountPath = fc.oneof({ weight: 4, arbitrary: absolutePath }, fc.constant("/tmp"));
const at = (index: number) => (path: string) => (path === "/tmp" ? path : `${path}/${index}`);

const volume: fc.Arbitrary<VolumeArgs> = fc
  .tuple(
    dnsLabel,
    mountPath,
    source,
    fields<Pick<VolumeArgs, "subPath" | "mounts">>(
      {},
      {
        subPath: inVolume,
        mounts: fc
          .array(fields<VolumeMountArgs>({ mountPath: absolutePath }, { subPath: inVolume }), {
            maxLength: 2,
          })
          .map((mounts) =>
            // No path twice: others of the Backend do not end in such a number.
            mounts.map((mount, index) => ({ ...mount, mountPath: at(index)(mount.mountPath) })),
          ),
      },
    ),
  )
  // The Backend has a volume of that name where none is mounted at /tmp.
  .map(([name, path, from, mounted]) => ({
    name: name === "tmp" && path !== "/tmp" ? "temporary" : name,
    mountPath: path,
    ...from,
    ...mounted,
  }));

const pathsOf = ({ mountPath: first, mounts = [] }: VolumeArgs): string[] => [
  first,
  ...mounts.map((mount) => mount.mountPath),
];

/** The files of a Backend: each name and each path once. */
export const volumes = fc.uniqueArray(volume, {
  maxLength: 5,
  comparator: (one, other) =>
    one.name === other.name || pathsOf(one).some((path) => pathsOf(other).includes(path)),
});
