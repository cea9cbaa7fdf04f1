import { ToolchainError } from "../toolchain-error.ts";
import { basicAuthorization, withoutCredentials } from "./credentials.ts";

/** The variable that says where official releases come from instead of their publishers. */
export const mirrorVariable = "PULUMI_KUBERNETES_SERVICES_MIRROR";

/** The variable's value with which no release is downloaded: all that Go can build is built. */
export const noReleases = "none";

/** A server that has what the publishers have, each below a folder named after its host. */
export interface Mirror {
  /** Without a slash at its end and without credentials. */
  readonly base: string;
  /** Sent to this server alone. */
  readonly authorization: string | undefined;
}

const PROTOCOLS = ["http:", "https:"];

/**
 * Reads the mirror's variable.
 *
 * @returns nothing where the publishers are asked themselves
 * @throws ToolchainError where it is no http or https URL; credentials in it are not printed
 */
export function mirrorFrom(env: NodeJS.ProcessEnv): Mirror | typeof noReleases | undefined {
  const value = env[mirrorVariable] ?? "";
  if (value === "") return;
  if (value === noReleases) return noReleases;

  const url = URL.parse(value);
  if (!url || !PROTOCOLS.includes(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new ToolchainError(
      `Cannot use ${mirrorVariable}: it is ${withoutCredentials(value)}, must be a URL such as https://mirror.example/releases`,
      [
        `the mirror has dl.k8s.io's files below dl.k8s.io/ and so on, without a query; set it to ${noReleases} to build the tools with Go, or unset it to ask the publishers`,
      ],
    );
  }
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  return { base, authorization: basicAuthorization(url) };
}

/** Where a file is asked for: `<base>/<host>/<path>` at the mirror, or its own address. */
export function mirrored(address: string, mirror: Mirror | undefined): string {
  if (!mirror) return address;
  const { host, pathname, search } = new URL(address);
  return `${mirror.base}/${host}${pathname}${search}`;
}
