import { messageOf } from "../../errors.ts";
import type { Limits } from "./limits.ts";

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

/** By the code of the system's or of the client's error, https://undici.nodejs.org/#/docs/api/Errors. */
const explanations: Readonly<Record<string, (limits: Limits) => string>> = {
  ENOTFOUND: () => "the name cannot be resolved",
  EAI_AGAIN: () => "the name cannot be resolved at the moment",
  ECONNREFUSED: () => "connections are refused",
  ECONNRESET: () => "the connection was cut",
  EPIPE: () => "the connection was cut",
  UND_ERR_SOCKET: () => "the connection was cut",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: () => "the connection was cut",
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
