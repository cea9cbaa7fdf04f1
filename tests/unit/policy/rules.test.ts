import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "../../../local/paths.ts";
import {
  admissionRules,
  judgeManifests,
  policyRules,
  UNKNOWN_VALUE,
} from "../../../policy/index.ts";
import { badSeeds } from "./bad.ts";
import { goodPrograms } from "./good.ts";
import { publicPrograms } from "./public-programs.ts";
import { deployment, front, program, service } from "./sound.ts";

const rulesBroken = (...args: Parameters<typeof judgeManifests>): readonly string[] =>
  judgeManifests(...args).map(({ rule }) => rule);

describe("policyRules", () => {
  it.each(badSeeds)("$rule: catches $what", ({ objects, rule }) => {
    expect(rulesBroken(objects)).toContain(rule);
  });

  it.each(policyRules)(
    "$id: leaves one of its bad programs without alarm when it is removed",
    ({ id }) => {
      // What a rule about one setting catches, the standard that contains it catches too.
      const others = policyRules.filter(
        (it) => it.id !== id && it.id !== "pod-security-restricted",
      );
      const seeds = badSeeds.filter(({ rule }) => rule === id);

      const silent = seeds.filter(({ objects }) => rulesBroken(objects, {}, others).length === 0);

      expect(silent).not.toEqual([]);
    },
  );

  it.each(Object.entries(goodPrograms))("have nothing against %s", (_, objects) => {
    expect(judgeManifests(objects)).toEqual([]);
  });

  it("are at least 20, each with two bad programs or more, in at least 60 bad and 60 good ones", ({
    annotate,
  }) => {
    const seeded = policyRules.filter(
      ({ id }) => badSeeds.filter(({ rule }) => rule === id).length >= 2,
    );
    const good = Object.keys(goodPrograms).length;

    expect(seeded).toEqual(policyRules);
    expect(policyRules.length).toBeGreaterThanOrEqual(20);
    expect(badSeeds.length).toBeGreaterThanOrEqual(60);
    expect(good).toBeGreaterThanOrEqual(60);
    void annotate(
      `Policies: ${policyRules.length} rules, ${badSeeds.length} bad programs caught, ${good} good ones without alarm`,
      "figure",
    );
  });

  it("have a description, a fix and a page each, and names of their own", () => {
    const ids = policyRules.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    for (const { description, fix, link } of policyRules) {
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[a-z].*[^.]$/);
      expect(link).toMatch(/^https:\/\/kubernetes\.io\/docs\//);
    }
  });
});

describe("judgeManifests", () => {
  it("says what is wrong, where, and what to do", () => {
    const [violation] = judgeManifests(program({ services: [service({ type: "NodePort" })] }));

    expect(violation).toEqual({
      rule: "node-port",
      level: "mandatory",
      object: "Service shop/web",
      message:
        "opens a port on every node; use a load balancer or an Ingress, or allow the Service by name",
    });
  });

  it("accepts what is allowed by name, by that rule alone", () => {
    const objects = program({ services: [service({ type: "NodePort" })] });

    expect(rulesBroken(objects, { allowed: { "node-port": ["Service shop/*"] } })).toEqual([]);
    expect(rulesBroken(objects, { allowed: { "node-port": ["Service other/*"] } })).toEqual([
      "node-port",
    ]);
    expect(rulesBroken(objects, { allowed: { "source-ranges": ["*"] } })).toEqual(["node-port"]);
  });

  it.each([
    [
      "public-load-balancer",
      "spec.type",
      program({ services: [service({ type: UNKNOWN_VALUE })] }),
    ],
    [
      "source-ranges",
      "spec.loadBalancerSourceRanges",
      program({ services: [front({ loadBalancerSourceRanges: UNKNOWN_VALUE })] }),
    ],
    [
      "mutable-image",
      "image",
      program({ deployments: [deployment({}, {}, { image: UNKNOWN_VALUE })] }),
    ],
    [
      "network-policy-missing",
      "spec.template",
      program({ deployments: [deployment({ template: UNKNOWN_VALUE })] }),
    ],
  ])("%s: does not pass when %s is unknown", (rule, path, objects) => {
    const violation = judgeManifests(objects).find(
      (it) => it.rule === rule && it.message.includes("cannot be judged"),
    );

    expect(violation?.message).toContain(path);
    expect(violation?.message).toContain("is not known before the update");
  });
});

describe("programs that others publish", () => {
  it.each(Object.entries(publicPrograms))("%s: cause no false alarm", (_, { breaks, objects }) => {
    expect([...new Set(rulesBroken(objects))].sort()).toEqual([...breaks].sort());
  });
});

describe("docs/guide/policies.md", () => {
  const guide = readFileSync(join(checkout, "docs/guide/policies.md"), "utf8");

  it("has every rule with its level, what it demands and its fix", () => {
    const rows = policyRules.map(
      ({ description, fix, id, level }) => `| \`${id}\` | ${level} | ${description} | ${fix} |`,
    );

    expect(guide.split("\n").filter((line) => line.startsWith("| `"))).toEqual(rows);
  });

  it("lists the rules that an API server can check", () => {
    const [, listed = ""] = /^These rules have one: (.*)\.$/m.exec(guide) ?? [];

    expect(listed.split(", ")).toEqual(admissionRules.map((id) => `\`${id}\``));
  });
});
