import { expect, test } from "vitest";
import { UserError } from "../../../local/errors.ts";
import { pauseAfter, waitFor } from "../../../local/wait.ts";

const limit = { awaited: "the bus", timeoutSeconds: 10 };

test("waitFor: asks until there is an answer when the first ones are not yet or errors", async () => {
  const answers = [undefined, false, new Error("not yet"), "here"] as const;
  let asked = 0;

  const answer = await waitFor(() => {
    const next = answers[asked++];
    if (next instanceof Error) throw next;
    return next;
  }, limit);

  expect(answer).toBe("here");
  expect(asked).toBe(answers.length);
});

test("pauseAfter: grows with the time that has passed, between 50 and 500 milliseconds", () => {
  expect([0, 1_000, 4_000, 10_000, 600_000].map(pauseAfter)).toEqual([50, 50, 200, 500, 500]);
});

test("waitFor: fails with what was awaited and the last error when the limit is over", async () => {
  const never = () => {
    throw new Error("flat tyre");
  };

  await expect(waitFor(never, { awaited: "the bus", timeoutSeconds: 0 })).rejects.toThrow(
    "Timed out after 0 s waiting for the bus: flat tyre",
  );
});

test("waitFor: fails at once when the answer is an error for the person at the terminal", async () => {
  let asked = 0;

  const waiting = waitFor(() => {
    asked += 1;
    throw new UserError("no bus on Sundays");
  }, limit);

  await expect(waiting).rejects.toThrow("no bus on Sundays");
  expect(asked).toBe(1);
});

test("waitFor: fails with the reason when it is aborted", async () => {
  const controller = new AbortController();

  const waiting = waitFor(
    () => {
      controller.abort(new Error("walked"));
      return false;
    },
    { ...limit, signal: controller.signal },
  );

  await expect(waiting).rejects.toThrow("walked");
});
