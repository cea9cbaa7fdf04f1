import { messageOf } from "../../errors.ts";
import type { Limits } from "./limits.ts";

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

/** A company's proxy that reads along signs with a certificate of its own, which Node has to be told of. */
const untrusted = () =>
  "its certificate is not trusted; where a proxy signs with your company's own, name the file with it in NODE_EXTRA_CA_CERTS";
const noRoute = () => "there is no way to it from this network";
const cut = () => "the connection was cut";

/** By the code of the system's or of the client's error, https://undici.nodejs.org/#/docs/api/Errors. */
const explanations: Readonly<Record<string, (limits: Limits) => string>> = {
  ENOTFOUND: () => "the name cannot be resolved",
  EAI_AGAIN: () => "the name cannot be resolved at the moment",
  ECONNREFUSED: () => "connections are refused",
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ECONNRESET: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: cut,
  UND_ERR_CONNECT_TIMEOUT: (limits) =>
    `no connection within ${seconds(limits.connectMilliseconds)}`,
  UND_ERR_HEADERS_TIMEOUT: (limits) => `no answer within ${seconds(limits.answerMilliseconds)}`,
  UND_ERR_BODY_TIMEOUT: (limits) => `nothing came for ${seconds(limits.idleMilliseconds)}`,
};

interface Coded {
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** The error at the bottom: a client wraps the system's, and one of several addresses stands for all. */
function innermost(error: unknown): unknown {
  const { cause, errors } = (error ?? {}) as Coded;
  const inner = cause ?? errors?.[0];
  return inner === undefined ? error : innermost(inner);
}

/** The status with which a proxy refused to connect: the client tells it in the message alone. */
function proxyStatus(message: string): number | undefined {
  const found = /Proxy response \((\d{3})\)|Proxy Authentication Required \((\d{3})\)/.exec(
    message,
  );
  return found ? Number(found[1] ?? found[2]) : undefined;
}

/** What became of a request that got no answer, or no whole one. */
export interface ConnectionTrouble {
  readonly reason: string;
  /** Where it was the proxy that answered. */
  readonly proxyStatus: number | undefined;
}

/** Says in plain words why a connection came to nothing. */
export function connectionTrouble(error: unknown, limits: Limits): ConnectionTrouble {
  const inner = innermost(error);
  const message = messageOf(inner);
  const status = proxyStatus(message) ?? proxyStatus(messageOf(error));
  if (status !== undefined) {
    return { reason: `the proxy refuses to connect (${status})`, proxyStatus: status };
  }
  const { code } = (inner ?? {}) as Coded;
  const explanation = typeof code === "string" ? explanations[code]?.(limits) : undefined;
  return { reason: explanation ?? message, proxyStatus: undefined };
}
