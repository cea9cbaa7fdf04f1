import { judge } from "../diagnosis/diagnose.ts";
import { Health } from "../diagnosis/diagnosis.ts";
import type { Answer, Report } from "../report.ts";
import type { Asked, ClusterState } from "../state/cluster-state.ts";
import { readState } from "../state/read-state.ts";

/** The report on a state: one answer for its question, or one for every Service of its namespace. */
export function reportOn(state: ClusterState, all: boolean): Report {
  return judgeAll(readState(state), all);
}

/** As {@link reportOn}, for a state that is already read. */
export function judgeAll(known: ClusterState, all: boolean): Report {
  const { namespace } = known.asked;
  const services = (known.objects.services ?? []).filter(
    ({ metadata }) => metadata?.namespace === namespace,
  );
  const questions: readonly Asked[] = all
    ? services.map(({ metadata }) => ({
        ...known.asked,
        kind: "Service",
        name: metadata?.name ?? "",
      }))
    : [known.asked];
  const answers = questions.map((asked): Answer => {
    const { kind, name } = asked;
    return { kind, namespace, name, ...judge(known, asked) };
  });
  return {
    schemaVersion: 1,
    recordedAt: known.recordedAt,
    verdict: worstOf(answers, known),
    answers,
  };
}

function worstOf(answers: readonly Answer[], { notSeen }: ClusterState): Health {
  const has = (health: Health): boolean => answers.some(({ verdict }) => verdict === health);
  if (has(Health.Broken)) return Health.Broken;
  const isBlind = answers.length === 0 && notSeen.length > 0;
  return has(Health.Unknown) || isBlind ? Health.Unknown : Health.Healthy;
}
