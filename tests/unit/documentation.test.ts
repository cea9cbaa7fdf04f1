import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import * as components from "../../components/index.ts";
import { renderManifests } from "../../testing/render-manifests.ts";
import { minimal } from "./support/args.ts";

const { Backend, Entrance } = components;

/** The code of a language in the doc comment of a component's class. */
function example(file: string, language: string): string {
  const source = readFileSync(new URL(`../../components/${file}`, import.meta.url), "utf8");
  const comment = source.slice(0, source.indexOf("export class")).split("/**").at(-1) ?? "";
  const text = comment.replaceAll(/^ \* ?/gm, "");
  return text.split(`\`\`\`${language}\n`).at(1)?.split("```").at(0) ?? "";
}

test.each([["backend.ts"], ["node-port-service.ts"], ["load-balancer-service.ts"]])(
  "%s: yields what its documentation says when the example is run",
  async (file) => {
    const scope: Record<string, unknown> = { ...components };
    const run = new Function("frontend", ...Object.keys(scope), example(file, "ts"));

    const manifests = await renderManifests(
      () => {
        const entrances = [Entrance.NodePort, Entrance.LoadBalancer];
        const frontend = new Backend("my-frontend", { ...minimal, entrances });
        run(frontend, ...Object.values(scope));
      },
      { project: "documentation", stack: "dev" },
    );

    const documented = parse(example(file, "yaml"));
    expect(manifests).toContainEqual(expect.objectContaining({ kind: documented.kind }));
    const found = manifests.find(
      ({ kind, metadata }) =>
        kind === documented.kind && metadata.name === documented.metadata.name,
    );
    expect(found).toMatchObject(documented);
  },
);
