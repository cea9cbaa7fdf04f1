import type { Pod } from "../../state/cluster-state.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { isFinished, isTerminating, ownerOf } from "../pods.ts";
import type { Rule } from "../rule.ts";
import { hasLabels } from "../selectors.ts";
import type { View } from "../view.ts";
import { count, labelsText, list, refOf } from "../words.ts";
import { workloadsOf } from "./workload-view.ts";

const IDENTITY = [
  "app.kubernetes.io/name",
  "app",
  "k8s-app",
  "app.kubernetes.io/component",
  "component",
  "name",
];

const hasSelector = ({ selector, service, type }: View): boolean =>
  service !== undefined && type !== "ExternalName" && Object.keys(selector).length > 0;

/** Whether the selector matches nothing that exists or that a workload would make. */
const isLost = (view: View): boolean =>
  hasSelector(view) &&
  view.saw("pods") &&
  view.selected.length === 0 &&
  workloadsOf(view).length === 0;

/** The Pods, or the Pod templates, that match the most labels of the selector; undefined if none matches any key. */
function nearest(
  view: View,
):
  | { readonly pods: readonly Pod[]; readonly differs: string; readonly alike: boolean }
  | undefined {
  const wanted = Object.entries(view.selector);
  const score = ({ metadata }: Pod): number => {
    const labels = metadata?.labels ?? {};
    return wanted.reduce(
      (sum, [key, value]) =>
        sum + (labels[key] === value ? 2 * wanted.length : labels[key] === undefined ? 0 : 1),
      0,
    );
  };
  const own = (view.objects.pods ?? []).filter(
    (pod) => pod.metadata?.namespace === view.namespace && !isFinished(pod) && !isTerminating(pod),
  );
  const best = Math.max(0, ...own.map(score));
  const [first] = own.filter((it) => score(it) === best);
  if (first === undefined || best === 0) return undefined;
  const labels = first.metadata?.labels ?? {};
  const differing = wanted.filter(([key, value]) => labels[key] !== value);
  const differs = differing.map(([key]) =>
    labels[key] === undefined ? `no label ${key}` : `${key}=${labels[key]}`,
  );
  const pods = own.filter(
    (it) =>
      score(it) === best && differing.every(([key]) => it.metadata?.labels?.[key] === labels[key]),
  );
  const alike =
    best >= 2 * wanted.length ||
    differing.some(([key, value]) => isAlike(value, labels[key] ?? ""));
  return { pods, differs: list(differs), alike };
}

/** Whether one of two values looks like a misspelt or longer form of the other one. */
function isAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < 3) return false;
  return long.toLowerCase().includes(short.toLowerCase().slice(0, Math.max(3, short.length - 2)));
}

const foreign = (view: View): readonly Pod[] =>
  (view.objects.pods ?? []).filter(
    ({ metadata }) =>
      metadata?.namespace !== view.namespace && hasLabels(view.selector, metadata?.labels),
  );

/** What the selector of the Service matches. */
export const selectorRules: readonly Rule[] = [
  {
    cause: "pods-in-another-namespace",
    link: Link.Service,
    means:
      "The selector matches no Pod of the Service's namespace, and it matches Pods of another one. A Service selects in its own namespace only.",
    evidence: "`spec.selector` of the Service; Pods of all namespaces with these labels",
    remedy: "Create the Service in the namespace of the Pods.",
    find: (view) => {
      const others = foreign(view);
      if (!isLost(view) || others.length === 0 || nearest(view)?.alike === true) return undefined;
      const names = [...new Set(others.map(({ metadata }) => metadata?.namespace ?? "?"))];
      return {
        sentence: `The Pods with ${labelsText(view.selector)} are in namespace ${list(names)}; a Service selects in its own namespace`,
        fix: `Create the Service in namespace ${names[0]}`,
        about: [
          refOf("Service", view.service),
          ...others.slice(0, 3).map((it) => refOf("Pod", it)),
        ],
      };
    },
  },
  {
    cause: "selector-matches-no-pod",
    link: Link.Service,
    means: "No Pod of the namespace has all labels of the selector.",
    evidence: "`spec.selector` of the Service; labels of the Pods of the namespace",
    remedy: "Make the selector and the labels of the Pods the same.",
    find: (view) => {
      const near = nearest(view);
      if (!isLost(view) || (foreign(view).length > 0 && near?.alike !== true)) return undefined;
      const wanted = labelsText(view.selector);
      const others = (view.objects.pods ?? []).some(
        ({ metadata }) => metadata?.namespace === view.namespace,
      );
      const hint =
        near === undefined
          ? others
            ? "no Pod there has any of these labels"
            : `namespace ${view.namespace} has no Pod that could match`
          : `${count(near.pods.length, "Pod")} (${list(
              near.pods.map(({ metadata }) => metadata?.name ?? "?"),
              2,
            )}) ${near.pods.length === 1 ? "has" : "have"} ${near.differs}`;
      return {
        sentence: `The Service selects ${wanted}, and no Pod matches; ${hint}`,
        fix:
          near === undefined
            ? `Create Pods with the labels ${wanted}, or correct the selector`
            : "Make the selector and the labels of these Pods the same",
        about: [
          refOf("Service", view.service),
          ...(near?.pods ?? []).slice(0, 3).map((it) => refOf("Pod", it)),
        ],
      };
    },
  },
  {
    cause: "no-selector-no-endpoints",
    link: Link.Service,
    means: "The Service has no selector, and nobody has made EndpointSlices for it.",
    evidence: "`spec.selector` of the Service; its EndpointSlices",
    remedy: "Add a selector, or EndpointSlices with the label `kubernetes.io/service-name`.",
    find: (view) => {
      const bare = view.service !== undefined && view.type !== "ExternalName" && !hasSelector(view);
      if (!bare || view.slices === undefined || view.endpoints.length > 0) return undefined;
      return {
        sentence: "The Service has no selector, and no EndpointSlice has an endpoint for it",
        fix: `Add a selector, or an EndpointSlice with the label kubernetes.io/service-name: ${view.name}`,
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "selector-matches-two-apps",
    link: Link.Service,
    means:
      "The selector matches Pods of different applications, so some calls reach the wrong one.",
    evidence: "`spec.selector` of the Service; labels, owners and images of the Pods",
    remedy: "Add a label to the selector that only one application has.",
    find: (view) => {
      const groups = Map.groupBy(view.live, ownerOf);
      const [one, ...others] = [...groups];
      if (!hasSelector(view) || one === undefined) return undefined;
      const other = others.find(([, pods]) => differ(one[1][0], pods[0]));
      const same = other === undefined ? undefined : sameImages(one[1][0], other[1][0]);
      if (other === undefined) return undefined;
      return {
        certainty: same ? Certainty.Suspect : Certainty.Broken,
        sentence: `${labelsText(view.selector)} selects Pods of ${one[0]} (${one[1].length}) and of ${other[0]} (${other[1].length}): calls reach both`,
        fix: "Add a label to the selector that only one of them has",
        about: [refOf("Service", view.service), refOf("Pod", one[1][0]), refOf("Pod", other[1][0])],
      };
    },
  },
  {
    cause: "only-finished-pods",
    link: Link.Service,
    means:
      "The selector matches only Pods that have ended, such as those of Jobs. They get no calls.",
    evidence: "`status.phase` of the Pods that the selector matches",
    remedy: "Select the Pods of the application.",
    find: (view) => {
      const done = view.selected.filter(isFinished);
      if (!hasSelector(view) || done.length === 0 || done.length < view.selected.length)
        return undefined;
      if (workloadsOf(view).length > 0) return undefined;
      return {
        sentence: `The only ${done.length === 1 ? "Pod" : `${done.length} Pods`} that ${labelsText(view.selector)} matches ${done.length === 1 ? "has" : "have"} ended (${list([...new Set(done.map(({ status }) => status?.phase ?? "?"))])})`,
        fix: "Start the Pods of the application, or select their labels",
        about: [refOf("Service", view.service), ...done.slice(0, 3).map((it) => refOf("Pod", it))],
      };
    },
  },
];

/** Whether the labels by which people name applications differ. Canaries and colours have other labels. */
function differ(one: Pod | undefined, other: Pod | undefined): boolean {
  const key = IDENTITY.find(
    (it) =>
      one?.metadata?.labels?.[it] !== undefined && other?.metadata?.labels?.[it] !== undefined,
  );
  return key !== undefined && one?.metadata?.labels?.[key] !== other?.metadata?.labels?.[key];
}

const repositories = (pod: Pod | undefined): readonly string[] =>
  (pod?.spec?.containers ?? []).map(({ image = "" }) =>
    image.replace(/@.*$/, "").replace(/:[^/]*$/, ""),
  );

const sameImages = (one: Pod | undefined, other: Pod | undefined): boolean =>
  repositories(one).some((it) => it !== "" && repositories(other).includes(it)) &&
  portNames(one) === portNames(other);

const portNames = (pod: Pod | undefined): string =>
  (pod?.spec?.containers ?? [])
    .flatMap(({ ports = [] }) => ports.map((it) => it.containerPort))
    .join();
