import type { PageResult } from "./page.ts";

/** What one peer needs for one question. */
export interface Measured {
  readonly question: string;
  readonly peer: string;
  /** Requests to the API server by verb, in one run. */
  readonly requests: Readonly<Record<string, number>>;
  /** The median of the runs. */
  readonly seconds: number;
  /** The median of the runs. */
  readonly processorSeconds: number;
}

/** What `npm run bench -- where` writes. */
export interface WhereResult {
  readonly machine: string;
  readonly date: string;
  /** Processes that waited for a processor, in the minute before the end. */
  readonly load: number;
  readonly rounds: number;
  readonly answers: readonly Measured[];
  readonly pages: readonly PageResult[];
}

/** The result as a page. */
export function whereTable(result: WhereResult): string {
  const { answers, date, load, machine, pages, rounds } = result;
  const rows = answers.map(({ peer, processorSeconds, question, requests, seconds }) =>
    row(question, `\`${peer}\``, sumOf(requests), processorSeconds.toFixed(2), seconds.toFixed(2)),
  );
  const shown = pages.map(({ everyPod, firstPaint, frames, pods }) =>
    row(pods, firstPaint, everyPod, `${frames.median} / ${frames.p95} / ${frames.longest}`),
  );
  return `# where-is-my-pod in a cluster of 2,000 Pods

\`npm run bench -- where\`, ${date}, ${machine}, ${load.toFixed(0)} processes wanted a processor at the time. A namespace with 200 Services and 2,000 Pods,
and one with 50 and 500, on a real API server with simulated nodes; the median of ${rounds} runs. By hand: \`kubectl describe\` of the Service and its Pods,
\`kubectl get\` of its EndpointSlices, Pods, NetworkPolicies and Ingresses, after a run that fills kubectl's cache. What is wrong is then still to be found.

| question | asked | requests | processor seconds | seconds |
|---|---|---:|---:|---:|
${rows.join("\n")}

The page in Chromium, while 30 Pods are deleted, 10 a second:

| Pods | first paint, ms | every Pod drawn, ms | between frames: median / 95 % / longest, ms |
|---:|---:|---:|---:|
${shown.join("\n")}
`;
}

const row = (...cells: readonly (number | string)[]): string => `| ${cells.join(" | ")} |`;

const sumOf = (requests: Readonly<Record<string, number>>): number =>
  Object.values(requests).reduce((sum, it) => sum + it, 0);
