import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { LoadBalancerStatus, renderProgram, topology, toYaml } from "../../../testing/index.ts";
import { canaryValues, RENDERED } from "../../engine/programs/canaries/places.ts";
import { found } from "../../shared/needles.ts";

// The program has every place twice: what is secret may be found nowhere, and what is not must be found, or the output would
// not show it anyway.
const program = join(import.meta.dirname, "..", "..", "engine", "programs", "canaries", "index.ts");
const secrets = canaryValues("quiet");
const unprotected = canaryValues("open");

const outputs = new Map<string, string>();
beforeAll(async () => {
  const config = {
    "canaries:refused": "false",
    "canaries:secret": JSON.stringify(secrets),
    "canaries:open": JSON.stringify(unprotected),
  };
  const options = { project: "canaries", stack: "dev", loadBalancers: LoadBalancerStatus.Hostname };
  const rendered = await renderProgram(() => import(program), {
    ...options,
    config,
    secretKeys: ["canaries:secret"],
  });
  outputs.set("manifests", JSON.stringify(rendered.manifests));
  outputs.set("YAML", toYaml(rendered.manifests));
  outputs.set("topology", topology(rendered.manifests));
  outputs.set("outputs", JSON.stringify(rendered.outputs));
}, 180_000);

describe("canaries", () => {
  test("are at least 60", () => {
    expect(new Set(Object.values(secrets)).size).toBeGreaterThanOrEqual(60);
  });

  test.each(RENDERED)("are not found in %s", (name) => {
    expect(found(outputs.get(name) ?? "", secrets)).toEqual([]);
  });

  test.each([
    ["manifests", 50],
    ["YAML", 50],
    ["outputs", 2],
  ])("are found in %s where nothing protects them", (name, least) => {
    const places = found(outputs.get(name) ?? "", unprotected).map((it) => it.split(", ")[0]);

    expect(new Set(places).size).toBeGreaterThanOrEqual(least);
  });
});
