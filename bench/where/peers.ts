import { join } from "node:path";
import { checkout } from "../../local/paths.ts";
import { BROKEN, HEALTHY, NAMESPACE } from "./cluster.ts";

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Somebody who is asked a question. */
export interface Peer {
  readonly question: string;
  readonly name: string;
  /** What is run, one after the other. */
  readonly commands: readonly Command[];
  /** The exit codes of a right answer. */
  readonly exitCodes: readonly number[];
}

/** kubectl, by hand. */
export const KUBECTL = "kubectl describe and get";
/** The exit codes of where-is-my-pod. */
const [WORKS, IS_BROKEN] = [0, 1];

/** The questions, each to where-is-my-pod as the package has it, and to kubectl if there is one. */
export function peersOf(kubectl: string | undefined): readonly Peer[] {
  const where = (...args: string[]): Command => [
    process.execPath,
    join(checkout, "dist/where/main.js"),
    ...args,
    "--namespace",
    NAMESPACE,
  ];
  const ours: readonly Peer[] = [
    ...[HEALTHY, BROKEN].map((app) => ({
      question: questionOf(app),
      name: "where-is-my-pod",
      commands: [where(app)],
      exitCodes: [app === BROKEN ? IS_BROKEN : WORKS],
    })),
    {
      question: "every Service",
      name: "where-is-my-pod --all",
      commands: [where("--all")],
      exitCodes: [IS_BROKEN],
    },
  ];
  if (kubectl === undefined) return ours;
  const theirs = [HEALTHY, BROKEN].map((app) => ({
    question: questionOf(app),
    name: KUBECTL,
    exitCodes: [0],
    commands: byHand(app).map((args): Command => [kubectl, "--namespace", NAMESPACE, ...args]),
  }));
  return [...ours, ...theirs];
}

const questionOf = (app: string): string =>
  app === BROKEN ? "one Service whose Pods crash" : "one Service that works";

/** What shows a person the same objects. The answer is still theirs to find. */
const byHand = (app: string): readonly (readonly string[])[] => [
  ["describe", "service", app],
  ["get", "endpointslices", "--selector", `kubernetes.io/service-name=${app}`],
  ["get", "pods", "--selector", `app=${app}`, "--output", "wide"],
  ["describe", "pods", "--selector", `app=${app}`],
  ["get", "networkpolicies,ingresses"],
];
