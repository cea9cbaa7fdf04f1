import type { KubernetesApi } from "../../api/kubernetes-api.ts";
import type { Declared } from "../../declared/declared.ts";
import { judge } from "../../diagnosis/diagnose.ts";
import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { NamespaceWatch } from "../../live/namespace-watch.ts";
import type { Timing } from "../../live/timing.ts";
import type { ClusterState } from "../../state/cluster-state.ts";
import { buildModel } from "../model/build-model.ts";
import { GONE_MILLISECONDS, type Layout } from "../model/layout.ts";
import { overlay } from "../model/overlay.ts";
import type { PageModel } from "../model/page-model.ts";
import type { Viewer } from "./viewer.ts";

/** Changes that arrive within this time are shown together. */
const BATCH_MILLISECONDS = 40;
const ALIVE_MILLISECONDS = 15_000;
/** A change is shown within this time, however long a model takes. */
const LONGEST_BATCH_MILLISECONDS = 500;

/** How long changes are collected: as long as the last model took, so that thousands of Pods leave time for requests. */
export const batchMilliseconds = (build: number): number =>
  Math.min(LONGEST_BATCH_MILLISECONDS, Math.max(BATCH_MILLISECONDS, build));

/** How the pages of a namespace are made. */
export interface LivePageOptions {
  /** Told an error that is a bug. */
  readonly onError: (error: unknown) => void;
  /** @default judge */
  readonly diagnose?: (state: ClusterState) => Diagnosis;
  /**
   * What a program declares, which is laid over the picture.
   *
   * @default - nothing is compared
   */
  readonly declared?: Declared;
  /** @default - that of the watch */
  readonly timing?: Partial<Timing>;
}

/** The page of one namespace, for everybody who looks at it. It watches as long as somebody does. */
export class LivePage {
  readonly #namespace: string;
  readonly #options: LivePageOptions;
  readonly #watch: NamespaceWatch;
  readonly #viewers = new Set<Viewer>();
  readonly #alive: NodeJS.Timeout;
  #names = new Map<string, string>();
  #layout: Layout | undefined;
  #model: PageModel | undefined;
  #planned: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;
  /** How long the last model took to make. */
  #buildMilliseconds = 0;

  constructor(api: KubernetesApi, namespace: string, options: LivePageOptions) {
    this.#namespace = namespace;
    this.#options = options;
    this.#watch = new NamespaceWatch(api, namespace, {
      onError: options.onError,
      onChange: () => this.#plan(),
      ...(options.timing && { timing: options.timing }),
    });
    this.#alive = setInterval(() => {
      for (const viewer of this.#viewers) viewer.keepAlive();
    }, ALIVE_MILLISECONDS);
  }

  /** Adds somebody who looks at it. */
  add(viewer: Viewer): void {
    this.#viewers.add(viewer);
    if (this.#model !== undefined) viewer.show(this.#model);
  }

  /** Removes somebody. Returns whether nobody is left. */
  remove(viewer: Viewer): boolean {
    this.#viewers.delete(viewer);
    return this.#viewers.size === 0;
  }

  /** Ends the watch, and the connections to everybody who looks at it. */
  close(): void {
    this.#watch.close();
    clearInterval(this.#alive);
    clearTimeout(this.#planned);
    clearTimeout(this.#expiry);
    for (const viewer of this.#viewers) viewer.close();
  }

  #plan(): void {
    this.#planned ??= setTimeout(() => {
      this.#planned = undefined;
      // Half of what there is would be judged as broken.
      if (this.#watch.settled) this.#show();
    }, batchMilliseconds(this.#buildMilliseconds));
  }

  #show(): void {
    try {
      const start = performance.now();
      this.#model = this.#build();
      this.#buildMilliseconds = performance.now() - start;
      for (const viewer of this.#viewers) viewer.show(this.#model);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #build(): PageModel {
    const state = this.#watch.state("");
    const answer = this.#options.diagnose ?? judge;
    const built = buildModel({
      namespace: this.#namespace,
      state: { ...state, notSeen: this.#watch.troubles },
      diagnose: (service) => answer({ ...state, asked: { ...state.asked, name: service } }),
      layout: this.#layout,
      now: Date.now(),
      names: this.#names,
    });
    this.#layout = built.layout;
    this.#names = new Map(built.model.cells.map(({ id, name }) => [id, name]));
    if (built.model.cells.some((cell) => cell.state === "gone")) {
      clearTimeout(this.#expiry);
      this.#expiry = setTimeout(() => this.#plan(), GONE_MILLISECONDS);
    }
    const { declared } = this.#options;
    return declared === undefined ? built.model : overlay(built.model, declared, state);
  }
}
