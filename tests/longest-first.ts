import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Begins with the file that starts and stops whole clusters: it takes longer than any other, and what begins last with one
 * worker keeps the other waiting.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith("start-stop.test.ts");
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}
