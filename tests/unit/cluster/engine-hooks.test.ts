import { describe, expect, test } from "vitest";
import { hookName } from "../../../components/cluster/engine-hooks.ts";
import { runProgram } from "../support/run-program.ts";

describe("hookName", () => {
  test("hookName: numbers a name when it is asked for again", async () => {
    const { result } = await runProgram(() => ["web", "web", "api", "web"].map(hookName));

    expect(result).toEqual(["web", "web-2", "api", "web-3"]);
  });

  test("hookName: begins anew when another program runs", async () => {
    await runProgram(() => hookName("web"));

    expect((await runProgram(() => hookName("web"))).result).toBe("web");
  });
});
