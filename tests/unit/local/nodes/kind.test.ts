import { describe, expect, test } from "vitest";
import { chooseNodes } from "../../../../local/nodes/kind.ts";

const possible = async () => undefined;
const impossible = async () => "they need root; run as root, for example by sudo";

describe("chooseNodes", () => {
  test("chooseNodes: chooses real ones when the machine can have them", async () => {
    expect(await chooseNodes(undefined, possible)).toEqual({
      kind: "real",
      reason: "this is Linux, and the user is root",
    });
  });

  test("chooseNodes: chooses simulated ones and says why when the machine cannot have real ones", async () => {
    expect(await chooseNodes(undefined, impossible)).toEqual({
      kind: "simulated",
      reason: "real ones are not possible here: they need root; run as root, for example by sudo",
    });
  });

  test.each(["real", "simulated"])(
    "chooseNodes: chooses %s ones when they are asked for and possible",
    async (kind) => {
      expect(await chooseNodes(kind, possible)).toEqual({ kind, reason: "as asked for" });
    },
  );

  test("chooseNodes: fails when real ones are asked for and the machine cannot have them", async () => {
    await expect(chooseNodes("real", impossible)).rejects.toThrow(
      "Cannot use --nodes real: they need root; run as root, for example by sudo",
    );
  });

  test("chooseNodes: fails when the kind is unknown", async () => {
    await expect(chooseNodes("virtual", possible)).rejects.toThrow(
      "Cannot use --nodes virtual: must be one of simulated, real",
    );
  });
});
