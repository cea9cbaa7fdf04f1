import type { CoreV1Event, V1ContainerStatus, V1Pod } from "@kubernetes/client-node";
import { lastWarningText } from "./events.ts";
import { podMessage } from "./pod-message.ts";
import { probeText } from "./probe-text.ts";

/** Most Pods whose reasons are shown. */
export const SHOWN_PODS = 3;

/** Why Pods are not ready, as indented lines. */
export function reasonLines(
  pods: readonly V1Pod[],
  events: readonly CoreV1Event[],
): readonly string[] {
  const more = pods.length - SHOWN_PODS;
  return [
    ...pods.slice(0, SHOWN_PODS).flatMap((pod) => podReasons(pod, events)),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].map((line) => `  ${line}`);
}

/** Why a Pod is not ready, from its status and its last warning, one reason a line. */
export function podReasons(pod: V1Pod, events: readonly CoreV1Event[]): readonly string[] {
  const { metadata, status } = pod;
  const states = [
    ...unmetConditions(pod),
    ...containersOf(pod).flatMap((container) => containerReason(pod, container)),
  ];
  // The Pod's condition reports scheduling too, and outlives the events.
  const others = events.filter(({ reason }) => reason !== "FailedScheduling");
  const warning = lastWarningText(metadata?.uid, others);
  const phase = `Pod ${metadata?.name} is ${status?.phase ?? "Pending"}`;
  const [first = "its node has not reported yet", ...more] = states;
  return [
    `${phase}: ${first}`,
    ...more.map((line) => `  ${line}`),
    ...(warning === undefined ? [] : [`  last warning: ${podMessage(pod, warning)}`]),
  ];
}

/** Unmet conditions that do not depend on the containers. */
function unmetConditions(pod: V1Pod): readonly string[] {
  const { spec, status } = pod;
  const gates = spec?.readinessGates?.map(({ conditionType }) => conditionType) ?? [];
  const unmet = (status?.conditions ?? []).filter((it) => it.status !== "True");
  const scheduled = unmet.filter(({ type }) => type === "PodScheduled");
  const waiting = gates.filter(
    (gate) => !status?.conditions?.some((it) => it.type === gate && it.status === "True"),
  );
  return [
    ...scheduled.map(({ message = "", reason = "not scheduled" }) =>
      withMessage(reason, podMessage(pod, message)),
    ),
    ...waiting.map((gate) => `its readiness gate ${gate} is not met`),
  ];
}

function containersOf({ status }: V1Pod): readonly V1ContainerStatus[] {
  const started = status?.initContainerStatuses?.filter(
    ({ ready, state }) => !ready && state?.terminated?.exitCode !== 0,
  );
  return [...(started ?? []), ...(status?.containerStatuses ?? [])].filter(({ ready }) => !ready);
}

function containerReason(pod: V1Pod, status: V1ContainerStatus): readonly string[] {
  const { lastState, name, restartCount, state } = status;
  const ended = state?.terminated ?? lastState?.terminated;
  const restarts = restartCount === 0 ? "" : `, ${restartCount} restarts`;
  const end =
    ended === undefined
      ? ""
      : `, its last exit code was ${ended.exitCode} (${ended.reason ?? "no reason"})${restarts}`;
  if (state?.waiting !== undefined) {
    const { message = "", reason = "no reason" } = state.waiting;
    return [`container ${name} is waiting: ${withMessage(reason, podMessage(pod, message))}${end}`];
  }
  if (state?.running === undefined) {
    return [`container ${name} does not run${end}`];
  }
  const probe = pod.spec?.containers.find((it) => it.name === name)?.readinessProbe;
  const probed = probe === undefined ? "" : `, its readiness probe is ${probeText(probe)}`;
  return [`container ${name} runs and is not ready${probed}${end}`];
}

function withMessage(reason: string, message: string): string {
  return message === "" ? reason : `${reason}, ${message}`;
}
