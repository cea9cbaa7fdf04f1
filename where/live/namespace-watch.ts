import type { KubernetesApi } from "../api/kubernetes-api.ts";
import type { ClusterObjects, ClusterState, NotSeen, ObjectKind } from "../state/cluster-state.ts";
import { readShape } from "../state/shape.ts";
import { type ApiObject, listAndWatch, type WatchUpdate } from "./list-and-watch.ts";
import type { Timing } from "./timing.ts";
import { collectionPath, WATCHED, type WatchedKind } from "./watched-kinds.ts";

/** What is known of one kind. */
interface Seen {
  readonly objects: Map<string, unknown>;
  /** Whether it was listed once. */
  listed: boolean;
  /** Why it cannot be seen at present. */
  trouble?: { readonly reason: string; readonly status?: number | undefined } | undefined;
}

/** How a namespace is watched. */
export interface NamespaceWatchOptions {
  /** Called after each change, also if only what can be seen has changed. */
  readonly onChange: () => void;
  /** Called if watching ends with an error that is a bug. */
  readonly onError: (error: unknown) => void;
  /** @default - that of `timing.ts` */
  readonly timing?: Partial<Timing>;
  /** @default WATCHED */
  readonly kinds?: readonly WatchedKind[];
}

/** The objects of one namespace, of its nodes and of what else belongs to no namespace, as they are now. */
export class NamespaceWatch {
  readonly #namespace: string;
  readonly #seen = new Map<ObjectKind, Seen>();
  readonly #ending = new AbortController();
  /** How far the API server's clock is ahead of ours. */
  #clockAheadMilliseconds = 0;
  /** What is known, until it changes. */
  #objects: ClusterObjects | undefined;

  constructor(api: KubernetesApi, namespace: string, options: NamespaceWatchOptions) {
    this.#namespace = namespace;
    const { kinds = WATCHED, onError } = options;
    for (const kind of kinds) {
      this.#seen.set(kind.key, { objects: new Map(), listed: false });
      this.#follow(api, kind, options).catch(onError);
    }
  }

  async #follow(api: KubernetesApi, kind: WatchedKind, options: NamespaceWatchOptions) {
    const { onChange, timing } = options;
    const updates = listAndWatch(api, collectionPath(kind, this.#namespace), {
      signal: this.#ending.signal,
      ...(timing && { timing }),
      onDate: (date) => {
        const ahead = Date.parse(date) - Date.now();
        if (Number.isFinite(ahead)) this.#clockAheadMilliseconds = ahead;
      },
    });
    for await (const update of updates) {
      if (!this.#take(kind, update)) continue;
      this.#objects = undefined;
      onChange();
    }
  }

  /** Whether the update changed anything. */
  #take({ key, shape }: WatchedKind, update: WatchUpdate): boolean {
    const seen = this.#seen.get(key);
    if (seen === undefined) return false;
    const put = (object: ApiObject) => seen.objects.set(keyOf(object), readShape(shape, object));
    switch (update.type) {
      case "snapshot":
        seen.objects.clear();
        update.objects.forEach(put);
        seen.listed = true;
        seen.trouble = undefined;
        return true;
      case "changed":
        put(update.object);
        return true;
      case "deleted":
        return seen.objects.delete(keyOf(update.object));
      case "live": {
        const recovered = seen.trouble !== undefined;
        seen.trouble = undefined;
        return recovered;
      }
      case "trouble": {
        const { reason, status } = update;
        const same = seen.trouble?.reason === reason;
        seen.trouble = { reason, status };
        return !same;
      }
    }
  }

  /** Whether each kind was listed, or is known to be invisible. */
  get settled(): boolean {
    return [...this.#seen.values()].every(({ listed, trouble }) => listed || trouble !== undefined);
  }

  /** The kinds that cannot be seen at present, or not any more. */
  get troubles(): readonly NotSeen[] {
    return [...this.#seen].flatMap(([kind, { trouble }]) =>
      trouble === undefined || trouble.status === NOT_SERVED
        ? []
        : [{ kind, namespace: this.#namespace, reason: trouble.reason }],
    );
  }

  /** What is known, as the question about one Service. What was never listed is not seen. */
  state(service: string): ClusterState {
    this.#objects ??= this.#read();
    return {
      schemaVersion: 1,
      recordedAt: new Date(Date.now() + this.#clockAheadMilliseconds).toISOString(),
      asked: { kind: "Service", name: service, namespace: this.#namespace },
      objects: this.#objects,
      notSeen: this.troubles.filter(({ kind }) => this.#seen.get(kind)?.listed === false),
    };
  }

  #read(): ClusterObjects {
    const listed = [...this.#seen].filter(([, it]) => it.listed);
    return Object.fromEntries(listed.map(([kind, it]) => [kind, [...it.objects.values()]]));
  }

  /** Ends all watches. */
  close(): void {
    this.#ending.abort();
  }
}

/** The API group does not exist: there are no such objects. */
const NOT_SERVED = 404;

function keyOf({ metadata }: ApiObject): string {
  const { name, namespace, uid } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  return typeof uid === "string" ? uid : `${String(namespace ?? "")}/${String(name ?? "")}`;
}
