import { Link } from "../diagnosis.ts";
import type { Rule } from "../rule.ts";
import { since, type View } from "../view.ts";
import { refOf, span } from "../words.ts";
import { autoscalersOf, nameOf, workloadsOf } from "./workload-view.ts";

/** Whether an autoscaler scales the workload to zero on purpose, as KEDA does. */
export const scalesToZero = (view: View): boolean =>
  view.live.length === 0 &&
  autoscalersOf(view).some(
    ({ metadata, spec }) => spec?.minReplicas === 0 || metadata?.name?.startsWith("keda-hpa-"),
  );

/** Workloads without a Pod, because somebody wants it so. */
export const zeroReplicasRule: Rule = {
  cause: "zero-replicas",
  link: Link.Pods,
  means: "The workload is scaled to zero, and no autoscaler that may do so is in charge of it.",
  evidence:
    "`spec.replicas` of the workload; `metadata.managedFields` for who set it; its HorizontalPodAutoscaler",
  remedy: "Scale it up: `kubectl scale`.",
  find: (view) => {
    if (view.live.length > 0 || scalesToZero(view)) return undefined;
    const maker = workloadsOf(view).find(
      (it) => it.kind !== "DaemonSet" && it.object.spec?.replicas === 0,
    );
    if (maker === undefined) return undefined;
    const { metadata } = maker.object;
    const last = (metadata?.managedFields ?? []).findLast(
      ({ subresource }) => subresource === "scale",
    );
    const who =
      last?.manager === undefined ? "" : `, by ${last.manager} ${span(since(view, last.time))} ago`;
    return {
      sentence: `${nameOf(maker)} is scaled to 0${who}`,
      fix: `Scale it up: kubectl -n ${view.namespace} scale ${maker.kind.toLowerCase()} ${metadata?.name} --replicas=1`,
      about: [refOf(maker.kind, maker.object)],
    };
  },
};
