import { CannotTellError, messageOf } from "../errors.ts";
import type { LogLine, Missing, NotSeen, ObjectKind } from "../state/cluster-state.ts";
import { lastLineOf, masked } from "../state/masked.ts";
import type { Connection } from "./connection.ts";
import { pathOf, type Query, RESOURCES, type ReadableKind } from "./resources.ts";

const REASONS: Readonly<Record<number, string>> = {
  401: "not signed in",
  403: "forbidden",
  429: "too many requests",
};

/** A container whose log is read. */
interface LogOf {
  readonly namespace: string;
  /** The Pod. */
  readonly name: string;
  readonly container: string;
}

const LAST_LINES = { tailLines: "5", limitBytes: "8192" };
/** Logs come from the kubelet of the Pod, which may be away. */
const LOG_MILLISECONDS = 2_000;

/** Reads objects and keeps count: what was read, what could not be, and how many requests that took. */
export class Reader {
  readonly #connection: Connection;
  readonly #objects = new Map<ObjectKind, unknown[]>();
  readonly #notSeen: NotSeen[] = [];
  readonly #missing: Missing[] = [];
  readonly #logs: LogLine[] = [];
  #requests = 0;
  #date: string | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** How many requests were made. */
  get requests(): number {
    return this.#requests;
  }

  /** The clock of the server. */
  get date(): string {
    return this.#date ?? new Date().toISOString();
  }

  /** What was read so far. */
  get read() {
    return {
      objects: Object.fromEntries(this.#objects),
      notSeen: this.#notSeen,
      missing: this.#missing,
      ...(this.#logs.length > 0 && { logs: this.#logs }),
    };
  }

  /**
   * Reads a list, or one object by its name. What cannot be read is noted, and the list is empty.
   *
   * @throws CannotTellError if the very first request gets no answer
   */
  async get(kind: ReadableKind, query: Query): Promise<readonly unknown[]> {
    const answer = await this.#ask(pathOf(RESOURCES[kind], query), kind, query);
    if (answer === undefined) return [];
    const { status, text } = answer;
    const body = parsed(text);
    if (status === 404) {
      this.#noteAbsent(kind, query);
      return [];
    }
    if (status !== 200 || typeof body !== "object" || body === null) {
      this.#note(kind, query, REASONS[status] ?? `HTTP ${status}`);
      return [];
    }
    const items = query.name === undefined ? (body as { items?: unknown[] }).items : [body];
    return this.#add(kind, items ?? []);
  }

  /** Reads a list of objects of any path into a kind, with their `apiVersion` and `kind`. A missing API has none. */
  async getCustom(kind: ObjectKind, path: string): Promise<void> {
    const answer = await this.#ask(path, kind, {});
    if (answer === undefined || answer.status === 404) return;
    const {
      apiVersion,
      items,
      kind: list,
    } = (parsed(answer.text) ?? {}) as Record<string, unknown>;
    if (answer.status !== 200 || !Array.isArray(items)) {
      this.#note(kind, {}, REASONS[answer.status] ?? `HTTP ${answer.status}`);
      return;
    }
    const name = String(list ?? "").replace(/List$/, "");
    this.#add(
      kind,
      items.map((it: object) => ({ apiVersion, kind: name, ...it })),
    );
  }

  /** The names of the API groups; undefined if they cannot be read. */
  async groups(): Promise<readonly string[] | undefined> {
    const answer = await this.#ask("/apis", "foreignPolicies", {});
    const groups = (parsed(answer?.text ?? "") as { groups?: unknown } | undefined)?.groups;
    if (!Array.isArray(groups)) return undefined;
    return groups.map((it: { name?: unknown } | null) => String(it?.name ?? ""));
  }

  /** Reads the last line that a container wrote before it ended, if this account may read logs. */
  async lastLogLine({ container, name, namespace }: LogOf): Promise<void> {
    const inside = `namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
    const parameters = new URLSearchParams({ container, previous: "true", ...LAST_LINES });
    this.#requests += 1;
    try {
      const path = `/api/v1/${inside}/log?${parameters}`;
      const { status, text } = await this.#connection.get(path, LOG_MILLISECONDS);
      const lastLine = status === 200 ? lastLineOf(masked(text)) : undefined;
      if (lastLine !== undefined) this.#logs.push({ pod: name, namespace, container, lastLine });
    } catch {
      // The node may be down; the answer is complete without it.
    }
  }

  async #ask(path: string, kind: ObjectKind, query: Query) {
    const isFirst = this.#requests === 0;
    this.#requests += 1;
    try {
      const answer = await this.#connection.get(path);
      this.#date ??= answer.date;
      return answer;
    } catch (error) {
      if (error instanceof CannotTellError) throw error;
      if (isFirst) throw new CannotTellError(`Cannot reach the cluster: ${messageOf(error)}`);
      this.#note(kind, query, messageOf(error));
      return undefined;
    }
  }

  #noteAbsent(kind: ReadableKind, { name, namespace }: Query): void {
    if (name !== undefined) this.#missing.push({ kind, name, ...(namespace && { namespace }) });
    this.#add(kind, []);
  }

  #note(kind: ObjectKind, { namespace }: Query, reason: string): void {
    const note = { kind, reason, ...(namespace && { namespace }) };
    if (!this.#notSeen.some((it) => it.kind === kind && it.namespace === namespace))
      this.#notSeen.push(note);
  }

  /** Adds objects that are not there yet: some are read twice, first by a selector and then with all others. */
  #add(kind: ObjectKind, items: readonly unknown[]): readonly unknown[] {
    const all = this.#objects.get(kind) ?? [];
    const keyOf = (it: unknown): string => {
      const { name, namespace } =
        (it as { metadata?: Record<string, unknown> } | null)?.metadata ?? {};
      return `${namespace}/${name}`;
    };
    const known = new Set(all.map(keyOf));
    this.#objects.set(kind, [...all, ...items.filter((it) => !known.has(keyOf(it)))]);
    return items;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
