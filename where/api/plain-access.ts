import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { readShape } from "../state/shape.ts";
import type { Access } from "./access.ts";

const FILE = {
  "current-context": "string",
  clusters: [{ name: "string", cluster: { "*": "string" } }],
  contexts: [{ name: "string", context: { "*": "string" } }],
  users: [{ name: "string", user: { "*": "string" } }],
} as const;

const CLUSTER_KEYS = ["server", "certificate-authority", "certificate-authority-data"];
const USER_KEYS = [
  "client-certificate",
  "client-certificate-data",
  "client-key",
  "client-key-data",
  "token",
];

/**
 * Reads a kubeconfig with certificates and tokens alone, which takes a tenth of the time of loading the client
 * library. Returns undefined for everything else, also for errors: the library then reads it, or says what is wrong.
 */
export function plainAccess(
  path: string | undefined,
  context: string | undefined,
): Access | undefined {
  const paths = (path ?? process.env["KUBECONFIG"] ?? join(homedir(), ".kube", "config")).split(
    path === undefined ? delimiter : "\n",
  );
  const [only = "", ...others] = paths.filter((it) => it !== "");
  if (others.length > 0) return undefined;
  try {
    return accessOf(parse(readFileSync(only, "utf8")), context, dirname(only));
  } catch {
    return undefined;
  }
}

function accessOf(file: unknown, wanted: string | undefined, folder: string): Access | undefined {
  const { clusters = [], contexts = [], users = [], ...rest } = readShape(FILE, file) ?? {};
  const name = wanted ?? rest["current-context"];
  const context = contexts.find((it) => it.name === name)?.context;
  const cluster = clusters.find((it) => it.name === context?.["cluster"])?.cluster;
  const user = users.find((it) => it.name === context?.["user"])?.user;
  if (context === undefined || cluster === undefined || user === undefined) return undefined;
  const raw = file as Readonly<Record<"clusters" | "users", readonly Record<string, object>[]>>;
  const own = raw.clusters.find((it) => `${it["name"]}` === context["cluster"])?.["cluster"];
  const mine = raw.users.find((it) => `${it["name"]}` === context["user"])?.["user"];
  const isPlain =
    Object.keys(own ?? {}).every((it) => CLUSTER_KEYS.includes(it)) &&
    Object.keys(mine ?? {}).every((it) => USER_KEYS.includes(it));
  const { server } = cluster;
  if (!isPlain || server === undefined || !server.startsWith("https://")) return undefined;
  const ca = contentOf(cluster, "certificate-authority", folder);
  const cert = contentOf(user, "client-certificate", folder);
  const key = contentOf(user, "client-key", folder);
  const { token } = user;
  // Later requests take the connections of earlier ones: a handshake takes two round trips.
  const agent = new Agent({
    ...(ca && { ca }),
    ...(cert && key && { cert, key }),
    keepAlive: true,
  });
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const credentials = async () => ({ agent, headers });
  return { namespace: context["namespace"] ?? "default", credentials, server };
}

/** What a field has in base64, or what the file that it names has. */
function contentOf(
  fields: Readonly<Record<string, string>>,
  name: string,
  folder: string,
): Buffer | undefined {
  const data = fields[`${name}-data`];
  if (data !== undefined) return Buffer.from(data, "base64");
  const path = fields[name];
  return path === undefined ? undefined : readFileSync(resolve(folder, path));
}
