const TEXTS: ReadonlyMap<string | undefined, string> = new Map([
  ["ABORT_ERR", "timed out"],
  ["ETIMEDOUT", "timed out"],
  ["ECONNREFUSED", "refused"],
  ["ECONNRESET", "closed without an answer"],
  ["EPIPE", "closed without an answer"],
  ["EHOSTUNREACH", "no route"],
  ["ENETUNREACH", "no route"],
  ["ENOTFOUND", "the name is not found"],
  ["EAI_AGAIN", "no name server answers"],
]);

/** Why an address could not be reached, in a few words. */
export function failureOf({ code, message }: NodeJS.ErrnoException): string {
  return TEXTS.get(code) ?? message;
}
