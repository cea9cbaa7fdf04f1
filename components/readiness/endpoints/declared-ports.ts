import type { V1ContainerPort, V1Pod } from "@kubernetes/client-node";
import type { ServicePort } from "../../service/ports.ts";

/** Whether no container of a Pod declares a port with this name, number and protocol. */
export function lacksPort(
  pod: V1Pod,
  {
    containerPort,
    protocol,
    targetPort,
  }: Pick<ServicePort, "containerPort" | "protocol" | "targetPort">,
): boolean {
  return !declaredPorts(pod).some(
    (port) =>
      port.name === targetPort &&
      port.containerPort === containerPort &&
      (port.protocol ?? "TCP") === protocol,
  );
}

/** The ports that Pods declare, each once, in one line. */
export function declaredPortsText(pods: readonly V1Pod[]): string {
  const texts = pods
    .flatMap(declaredPorts)
    .map(({ containerPort, name, protocol = "TCP" }) =>
      portText(name ?? "(no name)", containerPort, protocol),
    );
  return texts.length === 0 ? "no port" : [...new Set(texts)].join(", ");
}

/** A port in words. */
export function portText(name: string, number: number, protocol: string): string {
  return `${name} ${number}/${protocol}`;
}

/** The ports of the containers and sidecars. */
function declaredPorts({ spec }: V1Pod): readonly V1ContainerPort[] {
  const sidecars = spec?.initContainers?.filter(({ restartPolicy }) => restartPolicy === "Always");
  return [...(spec?.containers ?? []), ...(sidecars ?? [])].flatMap(({ ports }) => ports ?? []);
}
