import type { Asked, ClusterState } from "../state/cluster-state.ts";
import { readState } from "../state/read-state.ts";
import { POD_RULES, RULES } from "./causes/all.ts";
import { lastRule, notSeenRule } from "./causes/remainders.ts";
import { checkedIn } from "./checked.ts";
import { Certainty, type Diagnosis, type Finding, Health, Link } from "./diagnosis.ts";
import { failingPods } from "./failing.ts";
import type { Cause, Found, PodRule } from "./rule.ts";
import { targetsOf } from "./targets.ts";
import { type View, viewOf } from "./view.ts";
import { list, refOf } from "./words.ts";

const LINKS = Object.values(Link);
const CERTAINTIES = Object.values(Certainty);

/**
 * Finds the first broken link between a call and the Pods that should answer it. A pure function; it never throws,
 * whatever the state lacks.
 *
 * @param asked what somebody looks for, if it is not what the state was recorded for
 * @param without causes that are not looked for, for tests of the others
 */
export function diagnose(
  state: ClusterState,
  asked?: Asked,
  without: readonly string[] = [],
): Diagnosis {
  return judge(readState(state), asked, without);
}

/** As {@link diagnose}, for a state that is already read. */
export function judge(
  known: ClusterState,
  asked: Asked = known.asked,
  without: readonly string[] = [],
): Diagnosis {
  const views = targetsOf(known, asked).map(({ name, pods, service }) =>
    viewOf(known, asked, service, pods, name),
  );
  const findings = unique(views.flatMap((view) => findingsOf(view, known, without)));
  return { verdict: verdictOf(findings), findings, checked: checkedIn(views, known) };
}

function findingsOf(
  view: View,
  { notSeen }: ClusterState,
  without: readonly string[],
): readonly Finding[] {
  const isAsked = ({ cause }: Cause): boolean => !without.includes(cause);
  const rules = [...RULES, notSeenRule(notSeen)].filter(isAsked);
  const found = rules.flatMap((rule) => {
    const it = rule.find(view);
    return it === undefined ? [] : [findingOf(rule, it)];
  });
  const all = [...found, ...podFindings(view, POD_RULES.filter(isAsked))];
  const last = all.some(({ certainty }) => certainty !== Certainty.Suspect)
    ? undefined
    : lastRule.find(view);
  return last === undefined || !isAsked(lastRule) ? all : [...all, findingOf(lastRule, last)];
}

/** One finding a cause: the Pods that it explains, and what is wrong with the first of them. */
function podFindings(view: View, rules: readonly PodRule[]): readonly Finding[] {
  const explained = failingPods(view).flatMap((pod) => {
    for (const rule of rules) {
      const explanation = rule.explain(pod, view);
      if (explanation !== undefined) return [{ explanation, pod, rule }];
    }
    return [];
  });
  return [...Map.groupBy(explained, ({ rule }) => rule)].map(([rule, them]) => {
    const names = them.map(({ pod }) => pod.metadata?.name ?? "?");
    const [{ explanation } = { explanation: { fix: "", sentence: "" } }] = them;
    const others = them.length > 1 ? ` (also ${list(names.slice(1))})` : "";
    return findingOf(rule, {
      sentence: `Pod ${names[0]} ${explanation.sentence}${others}`,
      fix: explanation.fix,
      about: them.slice(0, 5).map(({ pod }) => refOf("Pod", pod)),
    });
  });
}

const findingOf = ({ cause, link }: Cause, found: Found): Finding => ({
  cause,
  link,
  certainty: found.certainty ?? Certainty.Broken,
  sentence: found.sentence,
  fix: found.fix,
  about: found.about,
});

/** Facts before suspicions; the first link of the chain first. Two Services of one workload share findings. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ certainty, link }: Finding): number =>
    CERTAINTIES.indexOf(certainty) * LINKS.length + LINKS.indexOf(link);
  const seen = new Map(findings.map((it) => [`${it.cause} ${it.sentence}`, it]));
  return [...seen.values()].sort((one, other) => rank(one) - rank(other));
}

const verdictOf = (findings: readonly Finding[]): Health => {
  if (findings.some(({ certainty }) => certainty === Certainty.Broken)) return Health.Broken;
  return findings.length === 0 ? Health.Healthy : Health.Unknown;
};
