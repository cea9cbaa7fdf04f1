import { UserError } from "../../errors.ts";
import { withoutCredentials } from "./credentials.ts";

/** What the environment says of proxies; empty where it says nothing. */
export interface ProxySettings {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

const PROTOCOLS = ["http:", "https:", "socks5:"];

const variable = (env: NodeJS.ProcessEnv, name: string): string =>
  env[name.toLowerCase()] || env[name] || "";

/** curl and Go take a proxy without a protocol for one that is spoken to over http. */
function proxyUrl(env: NodeJS.ProcessEnv, name: string): string {
  const value = variable(env, name);
  if (value === "") return "";
  const url = value.includes("://") ? value : `http://${value}`;
  if (PROTOCOLS.includes(URL.parse(url)?.protocol ?? "")) return url;
  throw new UserError(
    `${name} is ${withoutCredentials(value)}, must be a URL such as http://proxy.example:3128`,
  );
}

/**
 * Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY. The names in lower case have precedence.
 *
 * @throws UserError where a proxy is no URL; credentials in it are not printed
 */
export function proxySettings(env: NodeJS.ProcessEnv): ProxySettings {
  const httpProxy = proxyUrl(env, "HTTP_PROXY");
  const httpsProxy = proxyUrl(env, "HTTPS_PROXY") || httpProxy;
  return { httpProxy, httpsProxy, noProxy: variable(env, "NO_PROXY") };
}

/** Says of a proxy that wants to know who asks how to tell it. */
export function credentialsWanted(address: string, settings: ProxySettings): string {
  const secure = address.startsWith("https:");
  const proxy = withoutCredentials(secure ? settings.httpsProxy : settings.httpProxy);
  const name = secure ? "HTTPS_PROXY" : "HTTP_PROXY";
  const form = proxy.replace("://", "://USER:PASSWORD@");
  return `the proxy ${proxy} asks for a name and password (407), or for others; write them into ${name} as ${form}`;
}
