import { readFileSync } from "node:fs";
import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";

const ANSWER_TIMEOUT_MILLISECONDS = 2000;

/** Files with which a health check proves who asks and who answers. */
export interface HealthCredentials {
  /** Certificate of the authority. */
  readonly authority: string;
  /** Bearer token. */
  readonly token?: string;
  /** Client certificate and key. */
  readonly client?: { readonly certificate: string; readonly key: string };
}

/** Whether the URL answers with status 200. Throws where it does not answer at all. */
export function answersOk(url: string, credentials?: HealthCredentials): Promise<boolean> {
  const options = {
    timeout: ANSWER_TIMEOUT_MILLISECONDS,
    agent: false,
    ...(credentials && tlsOptions(credentials)),
  };
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https:") ? getSecure : getPlain)(url, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy(new Error(`no answer from ${url}`)));
    request.on("error", reject);
  });
}

function tlsOptions({ authority, token, client }: HealthCredentials): object {
  return {
    ca: readFileSync(authority),
    ...(client && { cert: readFileSync(client.certificate), key: readFileSync(client.key) }),
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
  };
}
