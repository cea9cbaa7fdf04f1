import type { CoreV1Event, V1Pod } from "@kubernetes/client-node";
import { failedCreations } from "../pods/events.ts";
import { reasonLines, SHOWN_PODS } from "../pods/pod-reasons.ts";
import { isReady, livePods, readyText, selectorText } from "../pods/pods.ts";
import { declaredPortsText, lacksPort, portText } from "./declared-ports.ts";
import {
  type EndpointObservation,
  EndpointStatus,
  portsWithoutEndpoint,
} from "./endpoint-status.ts";
import type { FrontService } from "./front-service.ts";
import { nearLabelsText } from "./near-labels.ts";

const SHOWN_CONTROLLERS = 3;

/** The context of a Service that has no ready Pods. */
export interface FailureContext {
  /** All Pods of the namespace. */
  readonly pods: readonly V1Pod[];
  /** Warnings in the namespace. */
  readonly events: readonly CoreV1Event[];
}

/** Why a Service has no ready Pods: a line with the wrong argument, then lines with reasons. */
export function endpointFailureText(
  service: FrontService,
  status: EndpointStatus,
  observation: EndpointObservation,
  context: FailureContext,
  seconds: number,
): string {
  if (status === EndpointStatus.NoPods) {
    return noPodsText(service, context);
  }
  if (status === EndpointStatus.NoPort || status === EndpointStatus.SomeWithoutPort) {
    return noPortText(service, livePods(observation.pods));
  }
  return notReadyText(service, observation, context, seconds);
}

function noPodsText(
  { namespace, selector }: FrontService,
  { events, pods }: FailureContext,
): string {
  const must = `must be labels of Pods in namespace "${namespace}"`;
  const near = nearLabelsText(selector, pods);
  const failed = failedCreations(events).slice(0, SHOWN_CONTROLLERS);
  return [
    `args.target.selector is ${selectorText(selector)}, ${must}; ${near}`,
    ...failed.map((line) => `  no Pod could be created by ${line}`),
  ].join("\n");
}

function noPortText({ ports, selector }: FrontService, pods: readonly V1Pod[]): string {
  const missing = ports.filter((port) => pods.some((pod) => lacksPort(pod, port)));
  const stated = missing.map((it) => portText(it.targetPort, it.containerPort, it.protocol));
  const lacking = pods.filter((pod) => missing.some((port) => lacksPort(pod, port)));
  const all = lacking.length === pods.length;
  const names = lacking.slice(0, SHOWN_PODS).map(({ metadata }) => metadata?.name);
  const who = all ? "they declare" : `${names.join(", ")} declare`;
  return (
    `args.target.ports has ${stated.join(", ")}, must be declared by all Pods with ${selectorText(selector)}; ` +
    `${who} ${declaredPortsText(lacking)}`
  );
}

function notReadyText(
  service: FrontService,
  { pods, slices }: EndpointObservation,
  { events }: FailureContext,
  seconds: number,
): string {
  const live = livePods(pods);
  const unready = live.filter((pod) => !isReady(pod));
  const selector = selectorText(service.selector);
  const must = `must choose Pods that are ready within ${seconds} s`;
  const ready = live.length - unready.length;
  const unserved = portsWithoutEndpoint(service, slices).join(", ");
  return [
    `args.target.selector is ${selector}, ${must}; ${readyText(ready, live.length)}`,
    ...(ready === 0
      ? []
      : [`  Service ${service.name} has no ready endpoint for port ${unserved}`]),
    ...reasonLines(unready, events),
  ].join("\n");
}
