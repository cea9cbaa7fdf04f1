import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What of a request decides whether it is answered. */
export interface Asking {
  readonly method?: string | undefined;
  /** The path with its query. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** What the server itself is. */
export interface Served {
  readonly port: number;
  /** Part of every path; only those who were told the URL have it. */
  readonly token: string;
}

/** A request that is answered with a status and nothing else. */
export interface Refusal {
  readonly status: number;
}

/** Sent with every answer: the page loads nothing from elsewhere, and no other page may show or read it. */
export const SAFE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/**
 * The URL below the token, or why there is no answer. Other users of the machine do not know the token; web pages that the user has
 * open, also those whose name was made to lead to 127.0.0.1, have another Host or Origin.
 */
export function admit(asking: Asking, served: Served): URL | Refusal {
  const { headers, method, url = "/" } = asking;
  if (method !== "GET") return { status: 405 };
  const hosts = [`127.0.0.1:${served.port}`, `localhost:${served.port}`];
  if (!hosts.includes(headers.host ?? "")) return { status: 421 };
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403 };
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return { status: 403 };
  const [, token = "", path = ""] = /^\/([^/?]*)(\/.*)$/.exec(url) ?? [];
  // Who has no token learns nothing, not even what there is.
  if (!equal(token, served.token) || !URL.canParse(path, "http://page")) return { status: 404 };
  return new URL(path, "http://page");
}

function equal(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
