import { expect, test } from "vitest";
import { wordingProblems } from "../../structure/wording.ts";

test.each(["mintTarget(target)", "must be left out", "a FrontRecords of AWS", "isLate(value)"])(
  "wordingProblems: finds the replaced words when a line has %s",
  (line) => {
    const problems = wordingProblems([{ path: "a.ts", text: `// first\n${line}\n` }]);

    expect(problems).toEqual([expect.stringMatching(/^a\.ts:2 has ".+"; write .+/)]);
  },
);

test.each(["isLater(value)", "leadsToo", "must not be set", "the controller's events"])(
  "wordingProblems: finds nothing when a line has %s",
  (line) => {
    expect(wordingProblems([{ path: "a.ts", text: line }])).toEqual([]);
  },
);

test("wordingProblems: finds turns of phrase in what is read by others, and not in tests", () => {
  const text = "two keys, of which one may change something";
  const found = ["components/a.ts", "local/a.py", "tests/a.ts", "local/a.go"].filter(
    (path) => wordingProblems([{ path, text }]).length > 0,
  );

  expect(found).toEqual(["components/a.ts", "local/a.py"]);
});
