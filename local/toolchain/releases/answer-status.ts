import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

const NOT_FOUND = 404;
const GONE = 410;
const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

function troubleOf(status: number): Trouble {
  if (status === NOT_FOUND || status === GONE) return Trouble.Missing;
  const passes = [REQUEST_TIMEOUT, TOO_MANY_REQUESTS].includes(status);
  return passes || status >= FIRST_SERVER_ERROR ? Trouble.Passing : Trouble.Lasting;
}

/**
 * Looks at the status of an answer.
 *
 * @throws ReleaseUnavailable unless it is one of those that are expected, @see https://www.rfc-editor.org/rfc/rfc9110#section-15
 */
export function expectStatus(place: string, status: number, expected: readonly number[]): void {
  if (expected.includes(status)) return;
  throw new ReleaseUnavailable(place, `the server answers ${status}`, troubleOf(status));
}
