// The requests alone: applies, previews or removes the objects of a file, all at once, and waits until they are there or gone.
import { readFileSync } from "node:fs";
import { Agent, type IncomingMessage, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { parse } from "yaml";
import type { Manifest } from "../../testing/manifest.ts";

const PAUSE_MILLISECONDS = 100;
const CONNECTIONS = 64;
const RESOURCES: Readonly<Record<string, string>> = {
  Deployment: "deployments",
  NetworkPolicy: "networkpolicies",
  PodDisruptionBudget: "poddisruptionbudgets",
  Service: "services",
  ServiceAccount: "serviceaccounts",
};

const [, , verb, file = ""] = process.argv;
const manifests: readonly Manifest[] = JSON.parse(readFileSync(file, "utf8"));
const { clusters, users } = parse(readFileSync(process.env["KUBECONFIG"] ?? "", "utf8"));
const { server, "certificate-authority-data": authority } = clusters[0].cluster;
const isPlain = server.startsWith("http:");
const options = { keepAlive: true, maxSockets: CONNECTIONS };
const agent = isPlain
  ? new Agent(options)
  : new TlsAgent({ ...options, ca: Buffer.from(authority, "base64").toString() });

const APPLY = "fieldManager=bench&force=true";
if (verb === "apply") {
  await Promise.all(manifests.map((it) => call("PATCH", `${pathOf(it)}?${APPLY}`, it)));
  await until(async () => (await list("Deployment")).every(isRolledOut));
} else if (verb === "preview") {
  await Promise.all(manifests.map((it) => call("PATCH", `${pathOf(it)}?${APPLY}&dryRun=All`, it)));
} else {
  const foreground = { propagationPolicy: "Foreground" };
  await Promise.all(manifests.map((it) => call("DELETE", pathOf(it), foreground)));
  await until(async () => {
    const names = new Set(manifests.map(({ metadata }) => metadata.name));
    const left = await Promise.all(Object.keys(RESOURCES).map(list));
    return !left.flat().some((it) => names.has(it.metadata.name));
  });
}
agent.destroy();

function folderOf({ apiVersion }: { readonly apiVersion: string }, kind: string): string {
  const group = apiVersion === "v1" ? "api/v1" : `apis/${apiVersion}`;
  return `/${group}/namespaces/default/${RESOURCES[kind]}`;
}

function pathOf(manifest: Manifest): string {
  return `${folderOf(manifest, manifest.kind)}/${manifest.metadata.name}`;
}

interface Live {
  readonly metadata: { readonly name: string; readonly generation?: number };
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}

async function list(kind: string): Promise<readonly Live[]> {
  const some = manifests.find((it) => it.kind === kind);
  if (some === undefined) return [];
  return (JSON.parse(await call("GET", folderOf(some, kind))) as { items: readonly Live[] }).items;
}

function isRolledOut({ metadata, spec, status }: Live): boolean {
  const wanted = spec?.replicas ?? 1;
  return (
    status?.observedGeneration === metadata.generation &&
    status?.replicas === wanted &&
    status?.updatedReplicas === wanted &&
    status?.availableReplicas === wanted
  );
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await delay(PAUSE_MILLISECONDS);
}

async function call(method: string, path: string, body?: unknown): Promise<string> {
  const content = body === undefined ? "" : JSON.stringify(body);
  const headers = {
    "content-length": Buffer.byteLength(content),
    authorization: `Bearer ${users[0].user.token}`,
    "content-type": method === "PATCH" ? "application/apply-patch+yaml" : "application/json",
  };
  const send = isPlain ? request : tlsRequest;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = send(new URL(path, server), { agent, headers, method }, resolve);
    sent.on("error", reject);
    sent.end(content);
  });
  const received = await text(answer);
  if ((answer.statusCode ?? 0) >= 400) throw new Error(`${method} ${path}: ${received}`);
  return received;
}
