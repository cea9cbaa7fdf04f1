import type { Pod } from "../../state/cluster-state.ts";
import { Link } from "../diagnosis.ts";
import { type ContainerStatus, conditionOf, endOf } from "../pods.ts";
import type { Explanation, PodRule } from "../rule.ts";
import { since, type View, warningsOf } from "../view.ts";
import { brief, list, span } from "../words.ts";

const PULL =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable)$/;
const MISSING_MOUNT = /(configmap|secret) "?[^"]*"? not found|couldn't find key/i;
const CONFIGURATION = /not found|couldn't find key/i;

/** How long a scheduler may take to look at a new Pod, in milliseconds: the cluster's own one has every Pod in its queue. */
const LOOKED_AT_WITHIN = 30_000;
const LOOKED_AT_BY_DEFAULT_WITHIN = 300_000;
const DEFAULT_SCHEDULER = "default-scheduler";

/** The statuses of all containers of a Pod, init containers first. */
const statuses = ({ status }: Pod): readonly ContainerStatus[] => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
];

const unscheduled = ({ status }: Pod) => {
  const condition = conditionOf(status?.conditions, "PodScheduled");
  return condition?.status === "False" ? condition : undefined;
};

const warning = (pod: Pod, view: View, reason: RegExp): string | undefined =>
  warningsOf(view, pod.metadata?.uid, reason)[0]?.message;

/** The claims of a Pod that have no volume. */
const unboundClaims = (pod: Pod, view: View): readonly string[] => {
  const claims = (pod.spec?.volumes ?? []).flatMap(
    (it) => it.persistentVolumeClaim?.claimName ?? [],
  );
  return claims.filter((name) => {
    const claim = (view.objects.persistentVolumeClaims ?? []).find(
      ({ metadata }) => metadata?.name === name && metadata.namespace === pod.metadata?.namespace,
    );
    return claim?.status?.phase === "Pending" || claim?.status?.phase === "Lost";
  });
};

/** A Pod that no scheduler has looked at. */
function unnoticed({ metadata, spec, status }: Pod, view: View): Explanation | undefined {
  const age = since(view, metadata?.creationTimestamp);
  const { schedulerName = DEFAULT_SCHEDULER } = spec ?? {};
  const most = schedulerName === DEFAULT_SCHEDULER ? LOOKED_AT_BY_DEFAULT_WITHIN : LOOKED_AT_WITHIN;
  const isNew = age === undefined || age < most;
  const scheduled = conditionOf(status?.conditions, "PodScheduled") ?? spec?.nodeName;
  if (isNew || status?.phase !== "Pending" || scheduled !== undefined) return undefined;
  return {
    sentence: `has no node, and scheduler ${schedulerName} has not looked at it in ${span(age)}`,
    fix: `Start scheduler ${schedulerName}, or correct schedulerName of the Pods`,
  };
}

const isSidecar = (pod: Pod, name: string | undefined): boolean =>
  (pod.spec?.initContainers ?? []).some((it) => it.name === name && it.restartPolicy === "Always");

/** Pods that have no node, no volume, no address or no image. */
export const notRunningRules: readonly PodRule[] = [
  {
    cause: "node-lost",
    link: Link.Pods,
    means: "The node of the Pods no longer reports. The Pods are listed, and get no calls.",
    evidence: "Condition `Ready` of the node; `spec.nodeName` of the Pods",
    remedy: "Repair the node, or delete it so that the Pods start elsewhere.",
    explain: (pod, view) => {
      const node = (view.objects.nodes ?? []).find(
        ({ metadata }) => metadata?.name === pod.spec?.nodeName,
      );
      const ready = conditionOf(node?.status?.conditions, "Ready");
      if (node === undefined || ready === undefined || ready.status === "True") return undefined;
      return {
        sentence: `is on node ${node.metadata?.name}, which has been ${ready.status === "Unknown" ? "silent" : "not ready"} for ${span(since(view, ready.lastTransitionTime))}`,
        fix: `Repair node ${node.metadata?.name}, or delete it so that its Pods start elsewhere`,
      };
    },
  },
  {
    cause: "scheduling-gate",
    link: Link.Pods,
    means: "A scheduling gate holds the Pods back until its controller removes it.",
    evidence: "`spec.schedulingGates` of the Pods",
    remedy: "See why the controller that owns the gate does not remove it.",
    explain: ({ spec }) => {
      const gates = (spec?.schedulingGates ?? []).map(({ name }) => name ?? "?");
      if (gates.length === 0) return undefined;
      return {
        sentence: `is held back by the scheduling gate ${list(gates)}`,
        fix: "See why the controller that owns the gate does not remove it",
      };
    },
  },
  {
    cause: "volume-not-bound",
    link: Link.Pods,
    means: "A PersistentVolumeClaim of the Pods has no volume, or does not exist.",
    evidence:
      "Condition `PodScheduled` of the Pods; `status.phase` of their PersistentVolumeClaims",
    remedy: "Correct the claim's StorageClass, or create the volume.",
    explain: (pod, view) => {
      const condition = unscheduled(pod);
      const message = condition?.message ?? "";
      const unbound = unboundClaims(pod, view);
      const tells = /persistentvolumeclaim|unbound immediate/i.test(message);
      if (!tells && (condition === undefined || unbound.length === 0)) return undefined;
      const what =
        unbound.length > 0
          ? `the PersistentVolumeClaim ${list(unbound)}, which is not bound`
          : brief(message);
      return {
        sentence: `waits for ${what}`,
        fix: "Correct the StorageClass of the claim, or create the volume: kubectl describe pvc tells why",
      };
    },
  },
  {
    cause: "not-scheduled",
    link: Link.Pods,
    means:
      "No node can take the Pods: too little CPU or memory, taints, affinity or spread constraints.",
    evidence: "Condition `PodScheduled` of the Pods; `spec.schedulerName` where there is none",
    remedy:
      "Add a node, lower the requests, or tolerate the taint that the sentence names; start the scheduler that it names.",
    explain: (pod, view) => {
      const condition = unscheduled(pod);
      if ((pod.spec?.schedulingGates ?? []).length > 0) return undefined;
      if (condition === undefined) return unnoticed(pod, view);
      return {
        sentence: `has no node: ${brief(condition.message ?? condition.reason)}`,
        fix: "Add a node, lower the requests, or tolerate the taint that the sentence names",
      };
    },
  },
  {
    cause: "volume-attached-elsewhere",
    link: Link.Pods,
    means: "A volume that only one node may attach is attached to another node.",
    evidence: "`FailedAttachVolume` events with the Pods' uid",
    remedy: "Stop the Pod on the other node; if that node is down, delete its VolumeAttachment.",
    explain: (pod, view) => {
      const message = warning(pod, view, /FailedAttachVolume/);
      if (
        message === undefined ||
        !/multi-attach|already (exclusively )?attached|in use/i.test(message)
      )
        return undefined;
      return {
        sentence: `waits for a volume that another node has: ${brief(message)}`,
        fix: "Stop the Pod on the other node; if that node is down, delete its VolumeAttachment",
      };
    },
  },
  {
    cause: "configuration-missing",
    link: Link.Pods,
    means: "A ConfigMap, a Secret or one of their keys does not exist.",
    evidence:
      "`state.waiting` of the containers (`CreateContainerConfigError`); `FailedMount` events",
    remedy: "Create the object or the key that the sentence names.",
    explain: (pod, view) => {
      const waiting = statuses(pod)
        .map(({ state }) => state?.waiting)
        .find(
          (it) =>
            it?.reason === "CreateContainerConfigError" &&
            CONFIGURATION.test(it.message ?? "not found"),
        );
      const mount = warning(pod, view, /FailedMount/);
      const message = waiting?.message ?? (MISSING_MOUNT.test(mount ?? "") ? mount : undefined);
      if (waiting === undefined && message === undefined) return undefined;
      return {
        sentence: `lacks its configuration: ${brief(message ?? waiting?.reason)}`,
        fix: "Create the ConfigMap, the Secret or the key that the sentence names",
      };
    },
  },
  {
    cause: "volume-not-mounted",
    link: Link.Pods,
    means: "The node cannot attach or mount a volume of the Pods.",
    evidence:
      "`FailedMount` and `FailedAttachVolume` events with the Pods' uid, while no container runs",
    remedy: "Correct what the message names: the driver, the path or the rights.",
    explain: (pod, view) => {
      const message = warning(pod, view, /FailedMount|FailedAttachVolume/);
      const runs = statuses(pod).some(({ state }) => state?.running !== undefined);
      if (
        message === undefined ||
        runs ||
        statuses(pod).some(({ restartCount = 0 }) => restartCount > 0)
      )
        return undefined;
      return {
        sentence: `cannot mount its volume: ${brief(message)}`,
        fix: "Correct what the message names: the driver, the path or the rights",
      };
    },
  },
  {
    cause: "no-pod-address",
    link: Link.Pods,
    means:
      "The network plugin gives the Pods no address, for example because the node has none left.",
    evidence: "`FailedCreatePodSandBox` events with the Pods' uid; `status.podIP` is absent",
    remedy:
      "Look at the network plugin's Pod on the node, and at the free addresses of its subnet.",
    explain: (pod, view) => {
      const message = warning(pod, view, /FailedCreatePodSandBox|NetworkNotReady/);
      if (message === undefined || (pod.status?.podIP !== undefined && pod.status.podIP !== ""))
        return undefined;
      return {
        sentence: `gets no address on node ${pod.spec?.nodeName ?? "?"}: ${brief(message)}`,
        fix: "Look at the network plugin's Pod on the node, and at the free addresses of its subnet",
      };
    },
  },
  {
    cause: "image-not-pulled",
    link: Link.Pods,
    means:
      "The image cannot be pulled: it does not exist, the registry refuses, or the limit of pulls is reached.",
    evidence: "`state.waiting` of the containers; events with the Pods' uid",
    remedy: "Correct the image, or the `imagePullSecrets`.",
    explain: (pod, view) => {
      const failed = statuses(pod).find(({ state }) => PULL.test(state?.waiting?.reason ?? ""));
      if (failed === undefined) return undefined;
      const image =
        failed.image ||
        [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].find(
          ({ name }) => name === failed.name,
        )?.image;
      const event = warningsOf(view, pod.metadata?.uid, /^Failed$/).find(
        ({ message }) =>
          /pull|image/i.test(message ?? "") && !/ImagePullBackOff|ErrImagePull/.test(message ?? ""),
      );
      return {
        sentence: `cannot pull image ${image ?? "?"}: ${brief(event?.message ?? failed.state?.waiting?.message ?? failed.state?.waiting?.reason)}`,
        fix: "Correct the image's name and tag, or the imagePullSecrets of the Pods",
      };
    },
  },
  {
    cause: "init-container-stuck",
    link: Link.Pods,
    means: "An init container has not ended well, so the containers behind it do not start.",
    evidence: "`status.initContainerStatuses` of the Pods",
    remedy: "Read the log of the init container.",
    explain: (pod, view) => {
      const stuck = (pod.status?.initContainerStatuses ?? []).find(
        ({ name, ready, state }) =>
          !isSidecar(pod, name) &&
          ready !== true &&
          state?.terminated?.exitCode !== 0 &&
          (state?.running !== undefined ||
            state?.terminated !== undefined ||
            /CrashLoopBackOff|Error/.test(state?.waiting?.reason ?? "")),
      );
      if (stuck === undefined) return undefined;
      const age = since(view, stuck.state?.running?.startedAt);
      const ended = endOf(stuck);
      const how =
        age === undefined
          ? `fails with exit code ${ended?.exitCode ?? "?"}`
          : `has run for ${span(age)}`;
      return {
        sentence: `waits for init container ${stuck.name}, which ${how}`,
        fix: `Read its log: kubectl -n ${pod.metadata?.namespace} logs ${pod.metadata?.name} -c ${stuck.name}`,
      };
    },
  },
];
