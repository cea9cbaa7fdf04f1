import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  ApiextensionsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  PatchStrategy,
  setHeaderOptions,
  type V1CustomResourceDefinition,
} from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { ensureRunning } from "../../local/processes/managed-process.ts";
import { report } from "../../local/terminal.ts";
import { metallbDefinitionsFile } from "../../local/toolchain/recipes.ts";
import { waitFor } from "../../local/wait.ts";
import type { LoneControlPlane } from "./lone-api-server.ts";

const NAMESPACE = "metallb-system";
const POOLS = { group: "metallb.io", version: "v1beta1", plural: "ipaddresspools" } as const;
const LIMIT_SECONDS = 30;

/** How many addresses of a pool are taken, and how many are left. */
export interface PoolStatus {
  readonly assignedIPv4: number;
  readonly assignedIPv6: number;
  readonly availableIPv4: number;
  readonly availableIPv6: number;
}

/** MetalLB without its speakers: there is no network to announce an address in. */
export interface Metallb {
  /** What its controller says of a pool. */
  readonly statusOf: (pool: string) => Promise<PoolStatus | undefined>;
  /** Gives a pool other addresses. */
  readonly change: (pool: string, addresses: readonly string[]) => Promise<void>;
}

/** Starts MetalLB's controller beside an API server, with pools of addresses, and waits until it has read them. */
export async function startMetallb(
  server: LoneControlPlane,
  controller: string,
  pools: Readonly<Record<string, readonly string[]>>,
): Promise<Metallb> {
  const objects = server.config.makeApiClient(CustomObjectsApi);
  await defineKinds(server, join(dirname(controller), metallbDefinitionsFile));
  const core = server.config.makeApiClient(CoreV1Api);
  await core.createNamespace({ body: { metadata: { name: NAMESPACE } } });
  for (const [name, addresses] of Object.entries(pools)) {
    const body = {
      apiVersion: `${POOLS.group}/${POOLS.version}`,
      kind: "IPAddressPool",
      metadata: { name },
      // Nobody gets an address of a pool that was not asked for.
      spec: { addresses, autoAssign: false },
    };
    await objects.createNamespacedCustomObject({ ...POOLS, namespace: NAMESPACE, body });
  }
  const statusOf = async (name: string): Promise<PoolStatus | undefined> => {
    const pool = await objects.getNamespacedCustomObject({ ...POOLS, namespace: NAMESPACE, name });
    return pool.status;
  };
  const hasRead = async () => {
    const statuses = await Promise.all(Object.keys(pools).map(statusOf));
    return statuses.every((status) => status !== undefined);
  };
  await runController(server, controller, hasRead);
  const change = async (name: string, addresses: readonly string[]) => {
    const body = { spec: { addresses } };
    await objects.patchNamespacedCustomObject(
      { ...POOLS, namespace: NAMESPACE, name, body },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  };
  return { statusOf, change };
}

/** Defines the kinds of objects it reads. */
async function defineKinds({ config }: LoneControlPlane, file: string): Promise<void> {
  const definitions = config.makeApiClient(ApiextensionsV1Api);
  // Each of the joined files begins with a separator of its own: what is between two of them is empty.
  const found: (V1CustomResourceDefinition | null)[] = parseAllDocuments(
    readFileSync(file, "utf8"),
  ).map((document) => document.toJS());
  for (const body of found.filter((it) => it !== null)) {
    await definitions.createCustomResourceDefinition({ body });
    const { name = "" } = body.metadata ?? {};
    await waitFor(
      async () => {
        const { status } = await definitions.readCustomResourceDefinition({ name });
        const established = status?.conditions?.find(({ type }) => type === "Established");
        return established?.status === "True";
      },
      { awaited: `the kind ${name}`, timeoutSeconds: LIMIT_SECONDS },
    );
  }
}

/** Runs the controller. It serves nothing: that the pools get a status is what shows that it works. */
async function runController(
  { paths }: LoneControlPlane,
  command: string,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const args = [
    `--kubeconfig=${paths.kubeconfig}`,
    `--namespace=${NAMESPACE}`,
    "--webhook-mode=disabled",
    "--disable-cert-rotation",
    "--port=-1", // Its metrics: it would serve them on every address, and cannot be told another.
  ];
  const spec = {
    name: "metallb-controller",
    order: 3,
    command,
    args,
    isReady,
    readyTimeoutSeconds: LIMIT_SECONDS,
  };
  await ensureRunning(spec, { run: paths.run, logs: paths.logs, report });
}
