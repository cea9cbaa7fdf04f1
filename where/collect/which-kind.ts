import { UsageError } from "../errors.ts";
import { ASKED_KINDS, askedKinds } from "../state/asked-kinds.ts";
import type { Reader } from "./reader.ts";

/** A kind, if it was given, and a name. */
export interface Target {
  /** The kind, such as `Service`; undefined if only a name was given. */
  readonly kind: string | undefined;
  /** The name. */
  readonly name: string;
}

/**
 * Reads `web`, `svc/web` or `deployment/web`.
 *
 * @throws UsageError if the kind is not known or the name is empty
 */
export function parseTarget(text: string): Target {
  const [first = "", second, ...more] = text.split("/");
  if (second === undefined && first !== "") return { kind: undefined, name: first };
  const kind = askedKinds.find((it) =>
    (ASKED_KINDS[it].names as readonly string[]).includes(first.toLowerCase()),
  );
  if (kind === undefined || !second || more.length > 0) {
    const known = askedKinds.map((it) => it.toLowerCase());
    throw new UsageError(
      `Cannot look for "${text}": must be NAME or KIND/NAME, where KIND is one of ${known.join(", ")}`,
    );
  }
  return { kind, name: second };
}

/**
 * The kind of a name without one: a Service if there is one, otherwise the one other kind that has the name.
 *
 * @throws UsageError if several kinds have it
 */
export async function whichKind(reader: Reader, name: string, namespace: string): Promise<string> {
  const services = await reader.get("services", { name, namespace });
  if (services.length > 0 || reader.read.notSeen.length > 0) return "Service";
  const found = await Promise.all(
    askedKinds
      .filter((kind) => kind !== "Service")
      .map(async (kind) =>
        (await reader.get(ASKED_KINDS[kind].key, { name, namespace })).length > 0 ? [kind] : [],
      ),
  );
  const [one = "Service", ...others]: readonly string[] = found.flat();
  if (others.length > 0) {
    const all = [one, ...others].map((kind) => `${kind.toLowerCase()}/${name}`);
    throw new UsageError(
      `Cannot tell which "${name}" is meant in namespace ${namespace}: there are ${all.join(" and ")}; name one of them`,
    );
  }
  return one;
}
