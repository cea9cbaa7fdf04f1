import { posix } from "node:path";
import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Finding, Rule } from "../validation/checks.ts";
import { configurationKey, integer } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { VolumeItemArgs } from "./volume-args.ts";

/** A path in a volume. */
export const pathInVolume: Rule = (path) =>
  typeof path === "string" && /^[^/]/.test(path) && !path.split("/").includes("..")
    ? undefined
    : 'must be a relative path without "..", such as nginx.conf';

/** A path that a key becomes; names that begin with ".." are the kubelet's. */
const pathOfFile: Rule = (path) =>
  pathInVolume(path) ??
  (String(path).startsWith("..") ? 'must not begin with "..", such as nginx.conf' : undefined);

/** The permission bits of a file. */
export const fileMode: Rule = integer(0, 0o777, "0o777 at most, such as 0o644");

/** Reads which keys of a ConfigMap or Secret become files, and where. */
export function readItems(
  checks: Checks,
  path: string,
  items: readonly VolumeItemArgs[] | undefined,
): core.v1.KeyToPath[] {
  const listed = checks
    .list(path, items ?? [], 0, "keys")
    .map((item, index) => checks.object(`${path}[${index}]`, item));
  const paths = listed.map((item) => item.path);
  return listed.map((item, index) => {
    const at = `${path}[${index}]`;
    return withoutEmpty({
      key: checks.input(`${at}.key`, item.key, configurationKey),
      path: readPath(checks, path, paths, index),
      mode: item.mode === undefined ? undefined : checks.input(`${at}.mode`, item.mode, fileMode),
    }) as core.v1.KeyToPath;
  });
}

/** The path of one file, checked together with the earlier ones. */
function readPath(
  checks: Checks,
  list: string,
  paths: readonly pulumi.Input<string>[],
  index: number,
): pulumi.Input<string> {
  const given = paths[index] as pulumi.Input<string>;
  const path = checks.input(`${list}[${index}].path`, given, pathOfFile);
  return checks.together(path, paths.slice(0, index), (known, earlier) =>
    overlapFindings(list, index, known, earlier),
  );
}

/** A file cannot have the path of another file, or of a directory that another one is in. */
function overlapFindings(
  list: string,
  index: number,
  path: unknown,
  others: readonly unknown[],
): readonly Finding[] {
  const overlaps = (other: unknown) =>
    typeof path === "string" &&
    typeof other === "string" &&
    (isIn(path, other) || isIn(other, path));
  const first = others.findIndex(overlaps);
  const must = `must not overlap with ${list}[${first}].path`;
  return first < 0 ? [] : [{ path: `${list}[${index}].path`, value: path, must }];
}

const isIn = (path: string, folder: string): boolean =>
  `${posix.normalize(path)}/`.startsWith(`${posix.normalize(folder).replace(/\/$/, "")}/`);
