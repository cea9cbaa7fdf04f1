/** What stands for a secret in everything that is shown. */
export const SECRET = "[secret]";

/** What stands for a value that the preview does not know. */
export const UNKNOWN = "[unknown]";

/** The key that marks an object as a special value, and the mark of a secret: https://github.com/pulumi/pulumi/blob/v3.276.0/sdk/go/common/resource/sig/sig.go */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** The texts that stand for unknown values of each type: https://github.com/pulumi/pulumi/blob/v3.276.0/sdk/go/common/resource/plugin/rpc.go */
const SENTINELS = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties by name. */
export type Properties = Readonly<Record<string, unknown>>;

/** Properties of an event, with {@link SECRET} and {@link UNKNOWN} for what they hide. */
export function readable(value: unknown): unknown {
  if (typeof value === "string") return SENTINELS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(readable);
  if (!isProperties(value)) return value;
  if (value[SIGNATURE] === SECRET_SIGNATURE) return SECRET;
  if (value[SIGNATURE] === OUTPUT_SIGNATURE)
    return "value" in value ? readable(value["value"]) : UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, readable(it)]));
}

/** Whether a value is an object with named properties. */
export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a preview hides a value, or one inside it. */
export function isHidden(value: unknown): boolean {
  return pathsOf(value, (it) => it === SECRET || it === UNKNOWN).length > 0;
}

/** The paths of the values that a preview does not know, such as `spec.ports[0].port`. */
export function unknownPaths(value: unknown): readonly string[] {
  return pathsOf(value, (it) => it === UNKNOWN);
}

/** The value at a path of names; undefined where there is none, and what hides it where it lies in a hidden object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (found === SECRET || found === UNKNOWN) return found;
    found = isProperties(found) ? found[name] : undefined;
  }
  return found;
}

function pathsOf(value: unknown, wanted: (value: unknown) => boolean, path = ""): string[] {
  if (wanted(value)) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((it, index) => pathsOf(it, wanted, `${path}[${index}]`));
  }
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([key, it]) =>
    pathsOf(it, wanted, path === "" ? key : `${path}.${key}`),
  );
}
