import type { ServerResponse } from "node:http";
import type { PageModel } from "../model/page-model.ts";
import { patchBetween } from "../model/patch.ts";

/** Milliseconds after which the browser connects again. */
const RETRY = 1000;
/** Bytes that may wait in a connection; a slower reader gets the whole model later instead of each change. */
const MOST_WAITING = 1_000_000;

/** One page that is open: gets the whole model at first and after each new connection, then what changes. */
export class Viewer {
  readonly #response: ServerResponse;
  /** The model that the page has. */
  #shown: PageModel | undefined;
  #id = 0;

  /** @param response whose head has been sent */
  constructor(response: ServerResponse) {
    this.#response = response;
    response.write(`retry: ${RETRY}\n\n`);
  }

  /** Brings the page up to a model. */
  show(model: PageModel): void {
    if (this.#response.writableLength > MOST_WAITING) {
      this.#shown = undefined;
      return;
    }
    if (this.#shown === undefined) {
      this.#send("model", model);
    } else {
      const patch = patchBetween(this.#shown, model);
      if (patch !== undefined) this.#send("patch", patch);
    }
    this.#shown = model;
  }

  /** Keeps the connection from being taken for dead. */
  keepAlive(): void {
    this.#response.write(": alive\n\n");
  }

  /** Ends the connection. */
  close(): void {
    this.#response.end();
  }

  #send(event: string, data: unknown): void {
    this.#id += 1;
    this.#response.write(`id: ${this.#id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
