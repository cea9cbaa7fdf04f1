import type { NotSeen, ObjectKind } from "../../state/cluster-state.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { failingPods } from "../failing.ts";
import type { Rule } from "../rule.ts";
import { isExternal, readyFor, serves, type View } from "../view.ts";
import { list, refOf } from "../words.ts";
import { scalesToZero } from "./zero-replicas.ts";

/** The link that cannot be judged without a kind. */
const LINKS: Partial<Readonly<Record<ObjectKind, Link>>> = {
  services: Link.Service,
  endpointSlices: Link.Endpoints,
  pods: Link.Pods,
  networkPolicies: Link.Policy,
  foreignPolicies: Link.Policy,
  nodes: Link.Node,
};

const KINDS: readonly (readonly [Link, string])[] = [
  [Link.Service, "of the Service"],
  [Link.Endpoints, "of its endpoints"],
  [Link.Pods, "of its Pods"],
  [Link.Policy, "of network policies"],
  [Link.Node, "of the nodes"],
];

/** Whether the answer depends on a kind that could not be read. */
const matters = (view: View, { kind }: NotSeen): boolean => {
  if (LINKS[kind] === undefined) return false;
  if (kind === "nodes")
    return isExternal(view) || view.service?.spec?.internalTrafficPolicy === "Local";
  return view.type !== "ExternalName" || kind === "services";
};

/** What decides the answer and was never read, for example because a recording lacks it. */
function unread(view: View, notSeen: readonly NotSeen[]): readonly NotSeen[] {
  const isChain = view.service !== undefined && view.type !== "ExternalName";
  const needed: readonly (readonly [ObjectKind, boolean])[] = [
    ["services", view.service === undefined && view.asked.kind === "Service"],
    ["endpointSlices", isChain],
    ["pods", isChain],
  ];
  return needed
    .filter(([kind, is]) => is && !view.saw(kind) && !notSeen.some((it) => it.kind === kind))
    .map(([kind]) => ({ kind, reason: "not read" }));
}

/** The rule on what could not be seen. It needs the list, which a view does not have. */
export const notSeenRule = (notSeen: readonly NotSeen[]): Rule => ({
  ...NOT_SEEN,
  find: (view) => {
    const missed = [...notSeen.filter((it) => matters(view, it)), ...unread(view, notSeen)];
    if (missed.length === 0) return undefined;
    const what = missed.map(({ kind, reason }) => `${kind} (${reason})`);
    const links = KINDS.filter(([link]) => missed.some(({ kind }) => LINKS[kind] === link));
    return {
      certainty: Certainty.NotSeen,
      sentence: `Could not read ${list(what, 6)}, so the state ${list(
        links.map(([, words]) => words),
        6,
      )} is not known`,
      fix: "Grant get and list for these kinds, or ask somebody who may read them",
      about: [],
    };
  },
});

const NOT_SEEN: Omit<Rule, "find"> = {
  cause: "not-seen",
  link: Link.Policy,
  means:
    "The API server did not let this account read something that decides the answer, or it did not answer.",
  evidence: "The answers of the API server",
  remedy: "Grant the rights of the list above.",
};

/** What remains if nothing else explains it. */
export const remainderRules: readonly Rule[] = [
  {
    cause: "partial-outage",
    link: Link.Endpoints,
    means: "Some Pods serve, and others have been down for more than a minute.",
    evidence: "Conditions of the Pods; the EndpointSlices",
    remedy: "The next finding tells what is wrong with the Pods that are down.",
    find: (view) => {
      const failing = failingPods(view);
      if (
        !serves(view) ||
        failing.length === 0 ||
        view.service?.spec?.publishNotReadyAddresses === true
      )
        return undefined;
      return {
        sentence: `${failing.length} of ${view.live.length} Pods get no calls: ${list(failing.map(({ metadata }) => metadata?.name ?? "?"))}`,
        fix: "See what the next findings tell about these Pods",
        about: failing.slice(0, 5).map((pod) => refOf("Pod", pod)),
      };
    },
  },
];

/** A Service without ready endpoints that no other rule explains. */
export const lastRule: Rule = {
  cause: "no-ready-endpoint",
  link: Link.Endpoints,
  means: "A port of the Service has no ready endpoint, and nothing that could be seen explains it.",
  evidence: "The EndpointSlices",
  remedy: "Describe the Service and its Pods; send a recording, so that the cause gets a rule.",
  find: (view) => {
    if (view.service === undefined || view.type === "ExternalName" || view.slices === undefined)
      return undefined;
    const lost = view.ports.filter((it) => readyFor(view, it).length === 0);
    if ((lost.length === 0 && view.ready.length > 0) || scalesToZero(view)) return undefined;
    const which =
      lost.length === 0 ? "" : ` for port ${list(lost.map(({ port }) => `${port ?? "?"}`))}`;
    return {
      sentence: `No endpoint is ready${which}, and nothing that could be seen tells why`,
      fix: "Describe the Service and its Pods with kubectl describe",
      about: [refOf("Service", view.service)],
    };
  },
};
