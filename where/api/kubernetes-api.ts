/** An answer of the API server, whose body may still be arriving. */
export interface ApiAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers by their lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body, in the pieces in which it arrives. It fails if the connection breaks. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The API server of a cluster. Nothing but GET can be asked. */
export interface KubernetesApi {
  /**
   * Sends a GET request.
   *
   * @param path the path with its query, such as `/api/v1/nodes?limit=500`
   * @param signal ends the request and the body
   * @throws Error if there is no answer, or if `signal` is aborted
   */
  get(path: string, signal: AbortSignal): Promise<ApiAnswer>;
}

/** The whole body as text. */
export async function textOf({ body }: ApiAnswer): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of body) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

/** The body's lines, each as soon as it is complete. An incomplete last line is left out. */
export async function* linesOf({ body }: ApiAnswer): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line.trim() !== "");
  }
}
