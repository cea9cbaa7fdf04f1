import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take longer than any other of their suites: one starts and stops whole clusters, the others start many processes or compute. */
const LONGEST = [
  "nodes/start-stop",
  "programs/walks/walks",
  "programs/local/cluster/faults",
  "programs/preview/command-line",
  "unit/documentation",
  "unit/inputs/inputs",
  "unit/load-balancer/mutations",
];

/** Begins with the longest files: what begins last with one worker keeps the other waiting. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) =>
      LONGEST.some((name) => moduleId.endsWith(`${name}.test.ts`));
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}
