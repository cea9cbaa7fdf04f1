import type { CoreV1Api, V1Service } from "@kubernetes/client-node";
import { waitFor } from "../../local/wait.ts";

/** The namespace of the Services. */
export const namespace = "default";
const LIMIT_SECONDS = 30;

/** The addresses a Service has. */
export const ipsOf = ({ status }: V1Service) =>
  (status?.loadBalancer?.ingress ?? []).map((it) => it.ip);

/** The first warning of MetalLB's about a Service. */
export function warning(core: CoreV1Api, service: string): Promise<string> {
  const fieldSelector = `type=Warning,involvedObject.kind=Service,involvedObject.name=${service}`;
  return waitFor(
    async () => {
      const { items } = await core.listNamespacedEvent({ namespace, fieldSelector });
      return items.map(({ message, reason }) => `${reason}: ${message}`)[0];
    },
    { awaited: `a warning of MetalLB's about ${service}`, timeoutSeconds: LIMIT_SECONDS },
  );
}

/** The addresses of a Service, once it has some. */
export function assigned(core: CoreV1Api, name: string): Promise<(string | undefined)[]> {
  return waitFor(
    async () => {
      const ips = ipsOf(await core.readNamespacedService({ namespace, name }));
      return ips.length > 0 && ips;
    },
    { awaited: `an address of ${name}`, timeoutSeconds: LIMIT_SECONDS },
  );
}

/** A Service as somebody writes it who has no component. */
export async function createPlain(
  core: CoreV1Api,
  name: string,
  asked: object,
  fields: object = {},
): Promise<void> {
  const annotations = Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [`metallb.io/${key}`, value]),
  );
  const ports = [{ port: 80 }];
  const spec = { type: "LoadBalancer", selector: { app: "web" }, ports, ...fields };
  await core.createNamespacedService({
    namespace,
    body: { metadata: { name, annotations }, spec },
  });
}

/** Deletes Services. */
export async function deletePlain(core: CoreV1Api, ...names: string[]): Promise<void> {
  for (const name of names) await core.deleteNamespacedService({ namespace, name });
}
