import { withoutSecrets } from "../components/validation/secrets/without-secrets.ts";

/** The same error with its causes, without secrets in its message and stack. */
export function quietError(error: unknown, secrets: readonly string[]): unknown {
  if (typeof error === "string") {
    return withoutSecrets(error, secrets);
  }
  if (error instanceof Error) {
    for (const field of ["message", "stack"] as const) {
      const text = error[field] ?? "";
      const value = withoutSecrets(text, secrets);
      if (value !== text) {
        Object.defineProperty(error, field, { value, configurable: true });
      }
    }
    if (error.cause !== undefined) {
      error.cause = quietError(error.cause, secrets);
    }
  }
  return error;
}
