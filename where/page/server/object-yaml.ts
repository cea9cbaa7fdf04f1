import { stringify } from "yaml";
import { type KubernetesApi, textOf } from "../../api/kubernetes-api.ts";
import { pathOf } from "../../collect/resources.ts";
import { WATCHED } from "../../live/watched-kinds.ts";
import { masked } from "../../state/masked.ts";
import { withoutQueries } from "../../state/without-queries.ts";

/** The text of an object, or why there is none. */
export interface ObjectText {
  readonly status: number;
  readonly text: string;
}

/** Holds a whole copy of the object, with what is hidden below. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const HIDDEN = "(hidden)";
/** Lists of names and values that often are passwords. */
const SENT = ["env", "httpHeaders"];
/** Fields that may have a URL with a query. */
const TOLD = ["message", "path"];

/** Reads an object as YAML. Only kinds of the page can be asked for, so no Secret and no ConfigMap. */
export async function objectYaml(
  api: KubernetesApi,
  asked: URLSearchParams,
  namespace: string,
  signal: AbortSignal,
): Promise<ObjectText> {
  const kind = WATCHED.find((it) => it.kind === asked.get("kind"));
  const name = asked.get("name") ?? "";
  if (kind === undefined || name === "" || name === "." || name === "..") {
    return { status: 404, text: `There is no YAML for ${asked.get("kind")} here` };
  }
  const path = pathOf(kind.resource, { name, namespace });
  const answer = await api.get(path, signal);
  const text = await textOf(answer);
  if (answer.status !== 200) {
    const { status } = answer;
    const what = `${kind.kind} ${name}`;
    const refusal = `Cannot read ${what}: HTTP ${status}`;
    return { status, text: status === 404 ? `${what} does not exist any more` : refusal };
  }
  return { status: 200, text: stringify(withoutSecrets(JSON.parse(text)), { lineWidth: 0 }) };
}

/**
 * The object without what often is a password (values of environment variables, headers, queries of probes, and what containers told when they ended), without the copy of it
 * that kubectl keeps, and without `managedFields`, which nobody reads.
 */
export function withoutSecrets(value: unknown, parent = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, parent));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, child]): [string, unknown][] => {
    if (key === "managedFields" || key === LAST_APPLIED) return [];
    if (SENT.includes(parent) && key === "value") return [[key, HIDDEN]];
    if (parent === "terminated" && key === "message") return [[key, masked(`${child}`)]];
    if (TOLD.includes(key) && typeof child === "string") return [[key, withoutQueries(child)]];
    return [[key, withoutSecrets(child, key)]];
  });
  return Object.fromEntries(entries);
}
