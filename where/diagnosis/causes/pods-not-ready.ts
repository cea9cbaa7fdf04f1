import type { Event, Pod } from "../../state/cluster-state.ts";
import { lastLineOf } from "../../state/masked.ts";
import { Link } from "../diagnosis.ts";
import { startingContainer, startWindow, unreadyFor } from "../failing.ts";
import {
  type ContainerStatus,
  conditionOf,
  containersOf,
  crashed,
  endOf,
  statusesOf,
} from "../pods.ts";
import type { PodRule } from "../rule.ts";
import { eventsOf, since, timeOf, timesOf, type View, warningsOf } from "../view.ts";
import { brief, span } from "../words.ts";

const REFUSED = /connection refused/i;
const KILLED_BY_PROBE = /^Container (\S+) failed (?:liveness|startup) probe/i;
/** How long before or after the end of a container its kill may have been told: a container may take its time to end. */
const KILL_MILLISECONDS = 300_000;
/** What the kubelet says while it has not yet read what the container needs. It tries again by itself. */
const NOT_YET_READ = /failed to sync (configmap|secret) cache|have not yet been read/i;

type Probe = NonNullable<ReturnType<typeof containersOf>[number]["readinessProbe"]>;

/** The last failure of a probe, with the name of the probe. */
function failedProbe(pod: Pod, view: View, names: RegExp): Event | undefined {
  return warningsOf(view, pod.metadata?.uid, /^Unhealthy$/).find(({ message }) =>
    names.test(message ?? ""),
  );
}

/** The containers that their own probe killed when they ended last. */
function killedByProbe(pod: Pod, view: View): readonly { event: Event; status: ContainerStatus }[] {
  return eventsOf(view, pod.metadata?.uid, /^Killing$/).flatMap((event) => {
    const [, killed] = KILLED_BY_PROBE.exec(event.message ?? "") ?? [];
    const status = statusesOf(pod).find(
      ({ name, ready, restartCount = 0 }) => name === killed && ready !== true && restartCount > 0,
    );
    if (status === undefined) return [];
    const apart = Date.parse(timeOf(event) ?? "") - Date.parse(endOf(status)?.finishedAt ?? "");
    return Math.abs(apart) > KILL_MILLISECONDS ? [] : [{ event, status }];
  });
}

/** A probe in words. The query of its path is left out, because it may have a password. */
function probeText({ exec, grpc, httpGet, tcpSocket }: Probe): string {
  if (httpGet !== undefined)
    return `GET :${httpGet.port ?? "?"}${(httpGet.path ?? "/").replace(/\?.*/, "")}`;
  if (tcpSocket !== undefined) return `connection to :${tcpSocket.port ?? "?"}`;
  if (grpc !== undefined) return `gRPC health on :${grpc.port ?? "?"}`;
  return exec === undefined ? "probe" : "command";
}

const logs = ({ metadata }: Pod, name: string | undefined, previous = true): string =>
  `Read its log: kubectl -n ${metadata?.namespace} logs ${metadata?.name} -c ${name}${previous ? " --previous" : ""}`;

/** Pods that have started, or try to. */
export const notReadyRules: readonly PodRule[] = [
  {
    cause: "out-of-memory",
    link: Link.Pods,
    means: "The kernel kills a container because it reaches its memory limit.",
    evidence:
      "`state.terminated` and `lastState.terminated` of the containers with the reason `OOMKilled`",
    remedy: "Raise the memory limit, or make the application use less.",
    explain: (pod) => {
      const killed = statusesOf(pod).find(
        (it) => it.ready !== true && endOf(it)?.reason === "OOMKilled",
      );
      if (killed === undefined) return undefined;
      const limit = containersOf(pod).find(({ name }) => name === killed.name)?.resources?.limits?.[
        "memory"
      ];
      return {
        sentence: `runs out of memory: container ${killed.name} was killed at ${limit ?? "its limit"}, ${killed.restartCount ?? 0} restarts`,
        fix: "Raise resources.limits.memory, or make the application use less",
      };
    },
  },
  {
    cause: "liveness-probe-kills",
    link: Link.Pods,
    means: "The liveness or startup probe fails, and the kubelet restarts the container each time.",
    evidence:
      "`Unhealthy` and `Killing` events with the Pods' uid; `restartCount` and `lastState.terminated.finishedAt` of the containers",
    remedy: "Give the container more time (`startupProbe`), or correct the probe.",
    explain: (pod, view) => {
      const [kill] = killedByProbe(pod, view);
      if (kill === undefined) return undefined;
      const event = failedProbe(pod, view, /^(Liveness|Startup) probe/) ?? kill.event;
      return {
        sentence: `is restarted by its own probe (${kill.status.restartCount} times): ${brief(event.message)}`,
        fix: "Give the container more time with a startupProbe, or correct the probe",
      };
    },
  },
  {
    cause: "crash-loop",
    link: Link.Pods,
    means: "A container ends again and again.",
    evidence:
      "`state` and `lastState` of the containers; the last line of the log, if the account may read it",
    remedy: "Read the log of the container that ended: `kubectl logs --previous`.",
    explain: (pod, view) => {
      const it = crashed(pod);
      if (it === undefined) return undefined;
      const end = endOf(it);
      const last = lastLineOf(end?.message ?? "") ?? view.lastLine(pod, it.name);
      const line = last === undefined ? "" : `, last line "${brief(last, 160)}"`;
      return {
        sentence: `crashes: container ${it.name} ends with exit code ${end?.exitCode ?? "?"} (${end?.reason ?? it.state?.waiting?.reason ?? "no reason"}), ${it.restartCount ?? 0} restarts${line}`,
        fix: logs(pod, it.name),
      };
    },
  },
  {
    cause: "container-cannot-start",
    link: Link.Pods,
    means:
      "The container runtime cannot start the container, for example because its command does not exist.",
    evidence:
      "`state.waiting` of the containers with `CreateContainerConfigError`, `CreateContainerError`, `RunContainerError` or `StartError`",
    remedy: "Correct what the message names: the command, the user or the mount.",
    explain: (pod) => {
      const it = statusesOf(pod).find(({ state }) =>
        /^(CreateContainerConfigError|CreateContainerError|RunContainerError|StartError|PostStartHookError|ContainerCannotRun)$/.test(
          state?.waiting?.reason ?? "",
        ),
      );
      if (it === undefined || NOT_YET_READ.test(it.state?.waiting?.message ?? "")) return undefined;
      return {
        sentence: `cannot start container ${it.name}: ${brief(it.state?.waiting?.message ?? it.state?.waiting?.reason)}`,
        fix: "Correct what the message names: the command, the user or the mount",
      };
    },
  },
  {
    cause: "readiness-gate-unmet",
    link: Link.Pods,
    means:
      "The containers are ready, and a readiness gate is not met: its controller has not set the condition.",
    evidence: "`spec.readinessGates` and `status.conditions` of the Pods",
    remedy: "See whether the controller that sets the condition runs, and what it reports.",
    explain: ({ spec, status }) => {
      const conditions = status?.conditions ?? [];
      const unmet = (spec?.readinessGates ?? []).find(
        ({ conditionType = "" }) => conditionOf(conditions, conditionType)?.status !== "True",
      );
      if (unmet === undefined || conditionOf(conditions, "ContainersReady")?.status !== "True")
        return undefined;
      const found = conditionOf(conditions, unmet.conditionType ?? "");
      const told = found?.message ?? found?.reason;
      return {
        sentence: `waits for the readiness gate ${unmet.conditionType}${told === undefined ? ", which nobody has set" : `: ${brief(told)}`}`,
        fix: "See whether the controller that sets this condition runs, and what it reports",
      };
    },
  },
  {
    cause: "listens-elsewhere",
    link: Link.Pods,
    means:
      "The container runs, and its own address refuses connections to the probed port: it listens on another port, or on 127.0.0.1 only.",
    evidence:
      "`Unhealthy` events with `connection refused` and the Pods' uid; the container has not restarted",
    remedy: "Let the application listen on 0.0.0.0 and on the port of the probe.",
    explain: (pod, view) => {
      const event = failedProbe(pod, view, REFUSED);
      const runs = statusesOf(pod).some(
        ({ ready, restartCount = 0, state }) =>
          ready !== true && state?.running !== undefined && restartCount === 0,
      );
      if (event === undefined || !runs || startingContainer(pod, view) !== undefined)
        return undefined;
      const [, address = "its address"] = /dial tcp ([^ ]+): /.exec(event.message ?? "") ?? [];
      return {
        sentence: `runs, and ${address} refuses connections: the application listens on another port or on 127.0.0.1 only (likely)`,
        fix: "Let the application listen on 0.0.0.0 and on the port that the probe and the Service use",
      };
    },
  },
  {
    cause: "still-starting",
    link: Link.Pods,
    means:
      "The Pods are within the time that their startup probe gives them, or the kubelet has yet to read their configuration.",
    evidence:
      "`startupProbe` of the containers; `state.running.startedAt`; the message of `state.waiting`",
    remedy: "Wait.",
    explain: (pod, view) => {
      const it = startingContainer(pod, view);
      const creating = statusesOf(pod).find(({ state }) =>
        /^(ContainerCreating|PodInitializing)$/.test(state?.waiting?.reason ?? ""),
      );
      const young =
        (since(view, pod.metadata?.creationTimestamp) ?? Number.POSITIVE_INFINITY) < 30_000;
      const reading = statusesOf(pod).some(({ state }) =>
        NOT_YET_READ.test(state?.waiting?.message ?? ""),
      );
      if (it === undefined && !reading && !(creating !== undefined && young)) return undefined;
      const window = startWindow(pod, it?.name);
      const age = since(view, it?.state?.running?.startedAt ?? pod.metadata?.creationTimestamp);
      return {
        sentence: `is starting: ${span(age)}${window === undefined ? "" : ` of ${span(window)}`}`,
        fix: "Wait; ask again with --watch",
      };
    },
  },
  {
    cause: "readiness-probe-fails",
    link: Link.Pods,
    means: "The containers run, and a probe that decides whether they get calls fails.",
    evidence:
      "Conditions of the Pods; `Unhealthy` events with the Pods' uid; `readinessProbe` of the containers",
    remedy: "Make the application answer the probe, or correct the probe's path and port.",
    explain: (pod, view) => {
      const it = statusesOf(pod).find(
        ({ ready, state }) => ready !== true && state?.running !== undefined,
      );
      if (it === undefined) return undefined;
      const container = containersOf(pod).find(({ name }) => name === it.name);
      const probe =
        it.started === false
          ? (container?.startupProbe ?? container?.readinessProbe)
          : container?.readinessProbe;
      const event = failedProbe(pod, view, /^(Readiness|Startup) probe/);
      const told = event === undefined ? "" : `: ${brief(event.message)}, ${timesOf(event)} times`;
      const name = probe === undefined ? "" : ` (${probeText(probe)})`;
      return {
        sentence: `is not ready for ${span(unreadyFor(pod, view))}: the ${it.started === false ? "startup" : "readiness"} probe of container ${it.name}${name} fails${told}`,
        fix: "Make the application answer the probe, or correct the probe's path and port",
      };
    },
  },
  {
    cause: "pod-not-ready",
    link: Link.Pods,
    means: "A Pod is not ready, and what could be seen does not tell why.",
    evidence: "Conditions and container statuses of the Pods",
    remedy: "Describe the Pod: `kubectl describe pod`.",
    explain: (pod) => {
      const waiting = statusesOf(pod)
        .map(({ state }) => state?.waiting)
        .find((it) => it !== undefined);
      const condition = conditionOf(pod.status?.conditions, "Ready");
      const told =
        waiting?.message ??
        waiting?.reason ??
        condition?.message ??
        condition?.reason ??
        "nothing tells why";
      return {
        sentence: `is not ready (${pod.status?.phase ?? "no phase"}): ${brief(told)}`,
        fix: `Describe it: kubectl -n ${pod.metadata?.namespace} describe pod ${pod.metadata?.name}`,
      };
    },
  },
];
