import { connect } from "node:net";
import type { AwsKey } from "../../local/cloud/aws-keys.ts";
import { signedHeaders, type Unsigned } from "./aws-signature.ts";

/** A request by which somebody tries to change the simulated AWS, or to read it. */
export interface AwsAttempt {
  readonly name: string;
  readonly request: Omit<Unsigned, "body" | "host"> & { readonly body?: string };
  /** Lines of headers that no signature covers. */
  readonly lines?: readonly string[];
  /** Makes of the text as it would go over the wire what goes over it. */
  readonly bent?: (text: string) => string;
}

/** How a request is made to look as if somebody had a key. */
export type Credentials = (unsigned: Unsigned) => Record<string, string>;

/** No key, and no claim of one. */
export const unsigned: Credentials = ({ headers = {} }) => ({ ...headers });

/** Names a service in the scope of a signature that is none. */
export const claiming: Credentials = ({ headers = {}, service }) => ({
  ...headers,
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
});

/** Signs with a key. */
export const signedWith =
  (key: AwsKey): Credentials =>
  (request) =>
    signedHeaders(key, request);

/** The bytes of an attempt, to be sent to `host`, which is an address and a port. */
export function wireBytes(attempt: AwsAttempt, host: string, credentials: Credentials): Buffer {
  const { bent = (text) => text, lines = [], request } = attempt;
  const { body = "", method, target } = request;
  const bytes = Buffer.from(body, "latin1");
  const headers = Object.entries(credentials({ ...request, host, body: bytes }));
  const text = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${bytes.length}`,
    ...lines,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
  return Buffer.from(bent(text), "latin1");
}

/** Sends bytes, and resolves to all that comes back until the server closes, which it does where nothing more is sent. */
export function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.end(bytes));
    socket.setEncoding("latin1").on("data", (data: string) => {
      answer += data;
    });
    socket.on("error", () => {}); // what was answered before it was cut off counts
    socket.on("close", () => resolve(answer));
  });
}
