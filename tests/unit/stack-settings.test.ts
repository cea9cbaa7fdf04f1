import { describe, expect, test } from "vitest";
import { readStackConfig } from "../../config.ts";
import { renderProgram } from "../../testing/index.ts";

const PROJECT = "pulumi-kubernetes-services";

/** The source ranges that the program reads, from what the engine hands over: a string as it is, a list as JSON. */
async function sourceRangesOf(sourceRanges: string): Promise<unknown> {
  const settings = { context: "dev", image: "registry.example/web:1.0.0", controller: "None" };
  const config = Object.entries({ ...settings, sourceRanges }).map(
    ([key, value]) => [`${PROJECT}:${key}`, value] as const,
  );
  const options = { project: PROJECT, stack: "dev", config: Object.fromEntries(config) };
  const program = () => ({ sourceRanges: readStackConfig().sourceRanges });
  const { outputs } = await renderProgram(program, options);
  return outputs["sourceRanges"];
}

describe("settings that are lists", () => {
  test("readStackConfig: reads a list of strings", async () => {
    expect(await sourceRangesOf('["198.51.100.0/24","203.0.113.0/24"]')).toEqual([
      "198.51.100.0/24",
      "203.0.113.0/24",
    ]);
  });

  test.each([
    ["a string", "198.51.100.0/24"],
    ["a list of others", "[198]"],
    ["an object", '{"0":"198.51.100.0/24"}'],
  ])("readStackConfig: fails with how a list is set when it is %s", async (_, value) => {
    await expect(sourceRangesOf(value)).rejects.toThrow(
      "pulumi-kubernetes-services:sourceRanges must be a list of strings; set its items with pulumi config set --path 'sourceRanges[0]' VALUE",
    );
  });
});
