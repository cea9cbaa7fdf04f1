import { Certainty, Link } from "../diagnosis.ts";
import { conditionOf, ownerOf } from "../pods.ts";
import type { Found, Rule } from "../rule.ts";
import { since, type View, warningsOf } from "../view.ts";
import { brief, refOf, span } from "../words.ts";
import {
  autoscalersOf,
  nameOf,
  type PodMaker,
  replicaSetsOf,
  wantedOf,
  workloadsOf,
} from "./workload-view.ts";
import { zeroReplicasRule } from "./zero-replicas.ts";

const podsOf = (view: View, maker: PodMaker) =>
  view.live.filter((pod) => ownerOf(pod) === nameOf(maker));

/** Workloads that should have Pods and have fewer than they should. */
const lacking = (view: View): readonly PodMaker[] =>
  workloadsOf(view).filter((it) => podsOf(view, it).length < (wantedOf(it) ?? 0));

/** Why a workload could make no Pod: its own condition, or the last warning of it or of its ReplicaSets. */
function refusal(view: View, { object }: PodMaker): string | undefined {
  const makers = [object, ...replicaSetsOf(view, object)];
  const failure = makers
    .map(({ status }) => conditionOf(status?.conditions, "ReplicaFailure"))
    .find((it) => it?.status === "True");
  const [event] = makers.flatMap(({ metadata }) => warningsOf(view, metadata?.uid, /FailedCreate/));
  return failure?.message ?? event?.message ?? failure?.reason;
}

function refusalRule(
  of: Pick<Rule, "cause" | "means" | "remedy">,
  is: (message: string) => boolean,
): Rule {
  return {
    ...of,
    link: Link.Pods,
    evidence:
      "Condition `ReplicaFailure` of the Deployment or the ReplicaSet, and their `FailedCreate` events",
    find: (view) => {
      for (const maker of lacking(view)) {
        const message = refusal(view, maker);
        if (message === undefined || !is(message)) continue;
        return {
          sentence: `${nameOf(maker)} makes ${podsOf(view, maker).length} of ${wantedOf(maker)} Pods: ${brief(message)}`,
          fix: of.remedy.replaceAll("`", "").replace(/\.$/, ""),
          about: [refOf(maker.kind, maker.object)],
        };
      }
      return undefined;
    },
  };
}

const QUOTA = /exceeded quota|failed quota|must specify|(minimum|maximum) .* usage per|LimitRange/i;
const SECURITY =
  /violates PodSecurity|pod security|securityContextConstraints|security context constraint/i;
const WEBHOOK = /webhook/i;
const ACCOUNT = /service ?account/i;

/** What makes the Pods, and why it makes none. */
export const workloadRules: readonly Rule[] = [
  refusalRule(
    {
      cause: "quota-refuses-pods",
      means: "A ResourceQuota or a LimitRange of the namespace refuses new Pods.",
      remedy: "Raise the quota, lower the requests of the Pods, or remove Pods that use it up.",
    },
    (message) => QUOTA.test(message),
  ),
  refusalRule(
    {
      cause: "pod-security-refuses-pods",
      means: "The Pod Security level of the namespace refuses the Pods.",
      remedy:
        "Give the Pods the `securityContext` that the message asks for, or change the namespace's level.",
    },
    (message) => SECURITY.test(message) && !QUOTA.test(message),
  ),
  refusalRule(
    {
      cause: "webhook-refuses-pods",
      means: "An admission webhook refuses the Pods, or it cannot be reached.",
      remedy: "Start the webhook's own Service, or correct what it asks for.",
    },
    (message) => WEBHOOK.test(message) && !SECURITY.test(message) && !QUOTA.test(message),
  ),
  refusalRule(
    {
      cause: "service-account-missing",
      means: "The Pods name a ServiceAccount that does not exist.",
      remedy: "Create the ServiceAccount, or correct `serviceAccountName`.",
    },
    (message) => ACCOUNT.test(message) && !WEBHOOK.test(message) && !SECURITY.test(message),
  ),
  refusalRule(
    {
      cause: "pods-not-created",
      means: "The API server refuses the Pods for another reason, which the sentence repeats.",
      remedy: "Correct what the message names.",
    },
    (message) => ![QUOTA, SECURITY, WEBHOOK, ACCOUNT].some((it) => it.test(message)),
  ),
  zeroReplicasRule,
  {
    cause: "rollout-paused",
    link: Link.Pods,
    means:
      "The Deployment is paused and has fewer Pods than it should: its changes are not rolled out.",
    evidence: "`spec.paused` of the Deployment; its Pods",
    remedy: "Resume it: `kubectl rollout resume`.",
    find: (view) => {
      const maker = workloadsOf(view).find(({ object }) => object.spec?.paused === true);
      if (maker === undefined || podsOf(view, maker).length >= (wantedOf(maker) ?? 0))
        return undefined;
      const { metadata, status } = maker.object;
      const condition = conditionOf(status?.conditions, "Progressing");
      const age =
        condition?.reason === "DeploymentPaused"
          ? ` for ${span(since(view, condition.lastTransitionTime))}`
          : "";
      return {
        sentence: `${nameOf(maker)} has been paused${age} and has ${podsOf(view, maker).length} of ${wantedOf(maker)} Pods`,
        fix: `Resume it: kubectl -n ${view.namespace} rollout resume deployment ${metadata?.name}`,
        about: [refOf(maker.kind, maker.object)],
      };
    },
  },
  {
    cause: "rollout-stuck",
    link: Link.Pods,
    means:
      "The Deployment made no progress within `progressDeadlineSeconds`, and nothing else explains it.",
    evidence:
      "Condition `Progressing` of the Deployment with the reason `ProgressDeadlineExceeded`",
    remedy: "Look at its newest Pods, or roll back: `kubectl rollout undo`.",
    find: (view) => {
      const maker = lacking(view).find(
        (it) =>
          refusal(view, it) === undefined &&
          conditionOf(it.object.status?.conditions, "Progressing")?.reason ===
            "ProgressDeadlineExceeded",
      );
      if (maker === undefined) return undefined;
      const condition = conditionOf(maker.object.status?.conditions, "Progressing");
      return {
        sentence: `The rollout of ${nameOf(maker)} is stuck: ${brief(condition?.message)}`,
        fix: `Look at its newest Pods, or roll back: kubectl -n ${view.namespace} rollout undo deployment ${maker.object.metadata?.name}`,
        about: [refOf(maker.kind, maker.object)],
      };
    },
  },
  {
    cause: "no-pods-made",
    link: Link.Pods,
    means:
      "A workload should have Pods and has none, and no event or condition tells why. Its controller may not run.",
    evidence: "`spec.replicas` and `status` of the workload; its Pods",
    remedy: "See whether kube-controller-manager runs, and read the workload's events.",
    find: (view) => silent(view),
  },
  {
    cause: "autoscaler-at-maximum",
    link: Link.Pods,
    means:
      "The HorizontalPodAutoscaler wants more Pods than `maxReplicas` lets it make: the Pods are overloaded.",
    evidence: "Condition `ScalingLimited` of the HorizontalPodAutoscaler",
    remedy: "Raise `maxReplicas`, or make the Pods larger.",
    find: (view) => {
      const scaler = autoscalersOf(view).find(({ status }) => {
        const limited = conditionOf(status?.conditions, "ScalingLimited");
        return limited?.status === "True" && limited.reason === "TooManyReplicas";
      });
      if (scaler === undefined) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `HorizontalPodAutoscaler ${scaler.metadata?.name} is at its maximum of ${scaler.spec?.maxReplicas} and wants more Pods`,
        fix: "Raise maxReplicas, or give the Pods more resources",
        about: [refOf("HorizontalPodAutoscaler", scaler)],
      };
    },
  },
  {
    cause: "autoscaler-without-metrics",
    link: Link.Pods,
    means: "The HorizontalPodAutoscaler cannot read its metrics, so it does not scale.",
    evidence: "Condition `ScalingActive` of the HorizontalPodAutoscaler",
    remedy: "Install or repair the metrics server, and set requests at the containers.",
    find: (view) => {
      const scaler = autoscalersOf(view).find(({ status }) => {
        const active = conditionOf(status?.conditions, "ScalingActive");
        return active?.status === "False" && active.reason !== "ScalingDisabled";
      });
      if (scaler === undefined) return undefined;
      const active = conditionOf(scaler.status?.conditions, "ScalingActive");
      return {
        certainty: Certainty.Suspect,
        sentence: `HorizontalPodAutoscaler ${scaler.metadata?.name} does not scale: ${brief(active?.message ?? active?.reason)}`,
        fix: "Install or repair the metrics server, and set requests at the containers",
        about: [refOf("HorizontalPodAutoscaler", scaler)],
      };
    },
  },
];

function silent(view: View): Found | undefined {
  if (view.live.length > 0 || !view.saw("pods")) return undefined;
  const maker = lacking(view).find(
    (it) =>
      refusal(view, it) === undefined && it.object.spec?.paused !== true && (wantedOf(it) ?? 0) > 0,
  );
  if (maker === undefined) return undefined;
  if (
    conditionOf(maker.object.status?.conditions, "Progressing")?.reason ===
    "ProgressDeadlineExceeded"
  )
    return undefined;
  return {
    sentence: `${nameOf(maker)} should have ${wantedOf(maker)} Pods and has none that runs; no event tells why`,
    fix: "See whether kube-controller-manager runs, and read the events of the workload",
    about: [refOf(maker.kind, maker.object)],
  };
}
