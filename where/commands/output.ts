/** Where a command writes. */
export interface Output {
  /** Answers. */
  readonly stdout: Pick<NodeJS.WritableStream, "write">;
  /** What went wrong. */
  readonly stderr: Pick<NodeJS.WritableStream, "write">;
}
