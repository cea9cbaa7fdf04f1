import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../../validation/checks.ts";
import type { ClusterAccess } from "../access.ts";

/** An entry of a kubeconfig, as written. */
type Fields = Readonly<Record<string, unknown>>;

/** A kubeconfig, and the folder to which its paths are relative. */
interface Source {
  readonly content: Fields;
  readonly folder: string;
}

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * A self-contained kubeconfig of one context. It contains the cluster's address and the certificate authority itself
 * instead of a path, so that it reaches this cluster or none, even if the original files change. The user entry is
 * copied, with absolute paths.
 *
 * @param access - how to reach the cluster, read as Pulumi's provider and kubectl read it
 * @throws Error if the kubeconfig, the context or the cluster does not exist. The message contains nothing from the
 * kubeconfig.
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function pinnedKubeconfig({ cluster, context, kubeconfig }: ClusterAccess): string {
  const sources = kubeconfig ? [sourceOf(kubeconfig)] : ambient();
  const name = context || first(sources, ({ content }) => content["current-context"] || undefined);
  const contexts = sources.flatMap(({ content }) => entriesOf(content, "contexts"));
  const chosen = contexts.find((entry) => entry["name"] === name);
  if (chosen === undefined) {
    const names = [...new Set(contexts.map((entry) => String(entry["name"])))];
    const there = names.length === 0 ? "no context" : names.join(", ");
    throw new Error(`Cannot use context "${name ?? ""}": the kubeconfig has ${there}`);
  }
  const link = fieldsOf(chosen, "context");
  const reached = find(sources, "clusters", "cluster", cluster || link["cluster"]);
  if (typeof reached?.fields["server"] !== "string") {
    throw new Error(`Cannot use context "${name}": the kubeconfig has no cluster for it`);
  }
  const user = find(sources, "users", "user", link["user"]);
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "pinned", cluster: withAuthority(reached.fields, reached.folder) }],
    users: [{ name: "pinned", user: withAbsolutePaths(user?.fields ?? {}, user?.folder ?? "") }],
    contexts: [{ name: "pinned", context: { ...link, cluster: "pinned", user: "pinned" } }],
    "current-context": "pinned",
  });
}

/** The address in a pinned kubeconfig, and whether the cluster has to prove its identity by a certificate. */
export function addressOf(pinned: string): { readonly server: string; readonly verified: boolean } {
  const [entry] = entriesOf(JSON.parse(pinned), "clusters");
  const fields = entry === undefined ? {} : fieldsOf(entry, "cluster");
  const server = String(fields["server"]);
  return {
    server,
    verified: server.startsWith("https://") && fields["insecure-skip-tls-verify"] !== true,
  };
}

/** The kubeconfigs of the environment, the first one with precedence; inside a Pod, its service account. */
function ambient(): Source[] {
  const stated = process.env["KUBECONFIG"];
  const paths = stated
    ? stated.split(delimiter).filter((path) => path !== "")
    : [join(homedir(), ".kube", "config")];
  const there = paths.filter((path) => existsSync(path));
  return there.length > 0 || stated ? there.map(sourceOf) : insidePod();
}

function insidePod(): Source[] {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  const tokenFile = join(SERVICE_ACCOUNT, "token");
  if (!host || !port || !existsSync(tokenFile)) {
    return [];
  }
  const authority = join(SERVICE_ACCOUNT, "ca.crt");
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const cluster = { server, "certificate-authority": authority };
  const content = {
    clusters: [{ name: "pod", cluster }],
    users: [{ name: "pod", user: { tokenFile } }],
    contexts: [{ name: "pod", context: { cluster: "pod", user: "pod" } }],
    "current-context": "pod",
  };
  return [{ content, folder: "/" }];
}

function sourceOf(pathOrContent: string): Source {
  const path = pathOrContent.startsWith("~/")
    ? join(homedir(), pathOrContent.slice(2))
    : pathOrContent;
  try {
    const isPath = existsSync(path);
    const content: unknown = parse(isPath ? readFileSync(path, "utf8") : pathOrContent);
    if (isRecord(content)) {
      return { content, folder: isPath ? dirname(resolve(path)) : process.cwd() };
    }
  } catch {
    // The cause is omitted: a parser repeats the text that it could not read, which may be a password.
  }
  throw new Error(
    "Cannot read the kubeconfig: it is neither a file with a context nor the content of one",
  );
}

function entriesOf(content: Fields, list: string): Fields[] {
  const entries = content[list];
  return Array.isArray(entries) ? entries.filter(isRecord) : [];
}

function fieldsOf(entry: Fields, key: string): Fields {
  const fields = entry[key];
  return isRecord(fields) ? fields : {};
}

function find(sources: readonly Source[], list: string, key: string, name: unknown) {
  return first(sources, ({ content, folder }) => {
    const entry = entriesOf(content, list).find((it) => it["name"] === name);
    return entry && { fields: fieldsOf(entry, key), folder };
  });
}

function first<From, To>(from: readonly From[], read: (from: From) => To | undefined) {
  return from.map(read).find((it) => it !== undefined);
}

/** A cluster entry with the certificate authority itself, because the file may change later. */
function withAuthority(fields: Fields, folder: string): Fields {
  const { "certificate-authority": path, ...others } = fields;
  if (typeof path !== "string" || path === "" || others["certificate-authority-data"]) {
    return others;
  }
  const authority = readFileSync(absolute(path, folder)).toString("base64");
  return { ...others, "certificate-authority-data": authority };
}

function withAbsolutePaths(fields: Fields, folder: string): Fields {
  const changed: Record<string, unknown> = { ...fields };
  for (const key of ["client-certificate", "client-key", "tokenFile"]) {
    const path = fields[key];
    if (typeof path === "string" && path !== "") changed[key] = absolute(path, folder);
  }
  // The JavaScript client reads this key, the provider reads the other one.
  if (changed["tokenFile"]) changed["token-file"] = changed["tokenFile"];
  const exec = fieldsOf(fields, "exec");
  const command = exec["command"];
  if (typeof command === "string" && command.includes("/")) {
    changed["exec"] = { ...exec, command: absolute(command, folder) };
  }
  return changed;
}

const absolute = (path: string, folder: string) => (isAbsolute(path) ? path : join(folder, path));
