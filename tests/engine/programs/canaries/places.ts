import { createHash } from "node:crypto";
import { ENCODINGS } from "../../../shared/encodings.ts";

/** Places that have a value encoded, with the encoding. */
export const encodedPlaces = Object.entries(ENCODINGS).map(
  ([name, encode]) => [`encoded ${name}`, encode] as const,
);

/** Places that have the value as it is, where Kubernetes takes almost anything. */
const anywhere = [
  ...["file", "probe-path", "probe-query", "command", "argument", "second-argument", "variable"],
  ...[
    "connection-string",
    "read-as-plain",
    "read-later",
    "secret-variable",
    "secret-read-as-plain",
  ],
  ...["annotation", "number", "nested", "docker-auth", "role", "probe-command", "init-argument"],
  ...["working-directory", "patch", "header", "of-failing", "dev", "tag", "health-check-path"],
  ...["free-annotation", "certificate", "bucket", "log-prefix", "output", "nested-output"],
  ...["refused", "refused-read", "pre-stop"],
];

/** Places that take names. */
const named = [
  ...["label", "pull-secret", "source-secret", "config-map", "config-key", "node-selector"],
  ...["priority-class", "host-alias", "selector", "image"],
  ...["host-name", "search-domain", "node-affinity", "external-name"],
];

/** What is made without an engine, in which the unit tests look for the same values. */
export const RENDERED = ["manifests", "YAML", "topology", "outputs"];

/** A value for every place, another one in each. */
export function canaryValues(prefix: string): Readonly<Record<string, string>> {
  const of = (place: string) => createHash("sha256").update(`${prefix} ${place}`).digest("hex");
  const name = (place: string) => `c4${of(place).slice(0, 14)}`;
  return Object.fromEntries([
    ...[...anywhere, ...named].map((place) => [place, name(place)] as const),
    ...encodedPlaces.map(([place]) => [place, `${name(place)} "&/+=`] as const),
    ["number", String(Number.parseInt(of("number").slice(0, 8), 16) + 10_000_000)],
  ]);
}
