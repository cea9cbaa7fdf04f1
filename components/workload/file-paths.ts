import { posix } from "node:path";
import type { Checks } from "../validation/checks.ts";
import type { VolumeArgs, VolumeMountArgs } from "./volume-args.ts";

/** The extensions of files that images are configured by. */
const FILE =
  /\.(?:cert|cfg|cnf|conf|config|crt|env|hcl|html|ini|jks|js|json|json5|key|lua|p12|pem|php|properties|py|rules|sh|sql|toml|txt|xml|yaml|yml)$/i;

/**
 * Reports a ConfigMap or Secret at the path of a file. Mounted whole, it becomes a directory, which takes the place of
 * the file that the program looks for.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath
 */
export function checkFilePaths(checks: Checks, path: string, volume: VolumeArgs): void {
  if (volume.configMapName === undefined && volume.secretName === undefined) {
    return;
  }
  const others = Array.isArray(volume.mounts) ? volume.mounts : [];
  const mounts: readonly (readonly [string, VolumeMountArgs])[] = [
    [path, volume],
    ...others.map((mount, index) => [`${path}.mounts[${index}]`, Object(mount)] as const),
  ];
  for (const [at, { mountPath, subPath }] of mounts) {
    if (subPath === undefined && typeof mountPath === "string" && FILE.test(mountPath)) {
      const must = `must be a directory, because a ConfigMap or Secret becomes one; for a single file set subPath "${posix.basename(mountPath)}", or the key of the file`;
      checks.report(`${at}.mountPath`, mountPath, must);
    }
  }
}
