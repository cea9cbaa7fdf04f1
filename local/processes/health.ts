import { readFileSync } from "node:fs";
import { get as getPlain, type RequestOptions } from "node:http";
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
  const { hostname, pathname, port, protocol, search } = new URL(url);
  const place = { hostname, port, path: `${pathname}${search}`, agent: false };
  const get = protocol === "https:" ? getSecure : getPlain;
  return respondsOk(url, { ...place, ...(credentials && tlsOptions(credentials)) }, get);
}

/** The same for a request over any connection, for example a socket; `who` is for the error. */
export function respondsOk(who: string, options: RequestOptions, get = getPlain): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get({ ...options, timeout: ANSWER_TIMEOUT_MILLISECONDS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy(new Error(`no answer from ${who}`)));
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
