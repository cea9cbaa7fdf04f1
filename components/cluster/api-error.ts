import { isRecord } from "../validation/checks.ts";

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;

/** Whether the API has refused the request, so that a retry cannot help. */
export function isRefusal(error: unknown): boolean {
  const code = isRecord(error) ? error["code"] : undefined;
  return code === UNAUTHORIZED || code === FORBIDDEN || code === NOT_FOUND;
}

/** The message of a Kubernetes API error, without headers and stack trace. */
export function apiErrorText(error: unknown): string {
  if (!isRecord(error)) {
    return String(error);
  }
  const { body, cause, message } = error;
  const status = isRecord(body) ? body : parsed(body);
  const reported = isRecord(status) ? status["message"] : undefined;
  const reason = isRecord(cause) && typeof cause["message"] === "string" ? cause["message"] : "";
  const text = typeof reported === "string" ? reported : firstLine(message);
  return reason === "" ? text : `${text}, ${reason}`;
}

function parsed(body: unknown): unknown {
  try {
    return typeof body === "string" ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

function firstLine(message: unknown): string {
  return typeof message === "string" ? (message.split("\n")[0] ?? "") : "no message";
}
