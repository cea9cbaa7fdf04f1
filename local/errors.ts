/** An error whose message is meant for the person at the terminal: what failed, with which value, by which rule, and the way out. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Says what went wrong in the words of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
