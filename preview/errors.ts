/** A command line that cannot be understood: exit code 64. */
export class UsageError extends Error {}

/** Something without which nothing can be judged: exit code 2. */
export class GateError extends Error {}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
