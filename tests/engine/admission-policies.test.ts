import type { KubernetesObject } from "@kubernetes/client-node";
import { KubernetesObjectApi } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "../../local/wait.ts";
import {
  admissionPolicies,
  admissionRules,
  judgeManifests,
  PolicyLevel,
  policyRules,
} from "../../policy/index.ts";
import type { Manifest } from "../../testing/manifest.ts";
import { badSeeds } from "../unit/policy/bad.ts";
import { goodPrograms } from "../unit/policy/good.ts";
import { service } from "../unit/policy/sound.ts";
import { config, core } from "./rig.ts";
import { type DryRunVerdict, strictDryRun } from "./strict-dry-run.ts";

/** Every object of the programs of the policies' own tests, once. */
const objects = [
  ...new Map(
    [...badSeeds.map((seed) => seed.objects), ...Object.values(goodPrograms)]
      .flat()
      .map((object) => [JSON.stringify(object), object] as const),
  ).values(),
];

const client = KubernetesObjectApi.makeApiClient(config);
const namespaces = ["shop", "other"];
const rules = policyRules.filter(({ id }) => admissionRules.includes(id));

/** What our rules say of an object by itself, as far as an API server can say it too. */
const ours = (object: Manifest): readonly string[] =>
  [...new Set(judgeManifests([object], {}, rules).map(({ rule }) => rule))].sort();

const ask = (object: Manifest): Promise<DryRunVerdict> =>
  strictDryRun(config, object as KubernetesObject);

const RULE = /ValidatingAdmissionPolicy '([\w-]+)\.pulumi-kubernetes-services'/;

/** The rules that the API server warns of. */
const warned = ({ warnings }: DryRunVerdict): readonly string[] =>
  warnings.flatMap((text) => RULE.exec(text)?.[1] ?? []).sort();

async function apply(made: readonly object[]): Promise<void> {
  for (const object of made) await client.create(object as KubernetesObject);
}

async function remove(made: readonly object[]): Promise<void> {
  for (const object of made.toReversed()) await client.delete(object as KubernetesObject);
}

const everyRule = (level: PolicyLevel) =>
  Object.fromEntries(admissionRules.map((id) => [id, level]));
const isPolicy = ({ kind }: { readonly kind: string }) => kind === "ValidatingAdmissionPolicy";

/** What differs, once the API server has all policies: it reads them some time after they are made. */
async function differencesOf(compare: (object: Manifest) => Promise<object | undefined>) {
  let differences: object[] = [];
  const agree = async () => {
    const found: object[] = [];
    for (const object of judged) {
      const difference = await compare(object);
      if (difference !== undefined) found.push(difference);
    }
    differences = found;
    return found.length === 0 || undefined;
  };
  await waitFor(agree, { awaited: "both judges to agree", timeoutSeconds: 90 }).catch(() => {});
  return differences;
}

/** The objects that the API server accepts as long as there is no policy. It judges no other ones by policies. */
const judged = new Set<Manifest>();
const refused: string[] = [];

/** Why it refuses the others: a privileged container where it runs without --allow-privileged, half an autoscaler, kinds it lacks. */
const REFUSALS = [
  "spec.template.spec.containers[0].securityContext.privileged: Forbidden: disallowed",
  "spec.template.spec.initContainers[0].securityContext.privileged: Forbidden: disallowed",
  "spec.maxReplicas: Required value",
  "The API server answers /apis/example.com/v1 with 404",
  "The API server answers /apis/serving.example.com/v1 with 404",
];

/** The rules of which no bad object reaches the policies. */
const UNSEEN = ["privileged-container"];

beforeAll(async () => {
  for (const name of namespaces) await core.createNamespace({ body: { metadata: { name } } });
  for (const object of objects) {
    const verdict = await ask(object).catch(({ message }: Error) => ({
      accepted: false,
      message,
      warnings: [],
    }));
    if (verdict.accepted) judged.add(object);
    else refused.push(verdict.message ?? "");
  }
});

afterAll(async () => {
  for (const name of namespaces) await core.deleteNamespace({ name });
});

describe("admissionPolicies", { timeout: 300_000 }, () => {
  it("are judged by every object of the policies' own tests that an API server accepts at all", ({
    annotate,
  }) => {
    void annotate(
      `Admission policies: ${admissionRules.length} rules, ${judged.size} objects judged, ${refused.length} refused without them`,
      "figure",
    );

    expect(judged.size).toBeGreaterThan(100);
    expect(
      refused.map((message) => REFUSALS.find((it) => message.includes(it)) ?? message).sort(),
    ).toEqual([...REFUSALS].sort());
  });

  it("do nothing without their bindings", async () => {
    const all = admissionPolicies({ levels: everyRule(PolicyLevel.Advisory) });
    const last = all.slice(-1); // its binding alone: once it is in force, the API server has read the policies before it
    const made = [...all.filter(isPolicy), ...last];
    const bound = admissionRules.slice(-1);
    await apply(made);

    const differences = await differencesOf(async (object) => {
      const theirs = warned(await ask(object));
      const expected = ours(object).filter((id) => bound.includes(id));
      return theirs.join() === expected.join() ? undefined : { object, theirs };
    });

    await remove(made);
    expect(differences).toEqual([]);
    expect([...judged].some((object) => ours(object).includes(bound[0] ?? ""))).toBe(true);
  });

  it("warn of exactly the rules that an object breaks, rule by rule", async () => {
    const policies = admissionPolicies({ levels: everyRule(PolicyLevel.Advisory) });
    await apply(policies);
    const seen = new Set<string>();

    const differences = await differencesOf(async (object) => {
      const theirs = warned(await ask(object));
      for (const rule of theirs) seen.add(rule);
      const expected = ours(object);
      return theirs.join() === expected.join() ? undefined : { object, theirs, ours: expected };
    });

    await remove(policies);
    expect(differences).toEqual([]);
    expect([...seen].sort()).toEqual(admissionRules.filter((id) => !UNSEEN.includes(id)).sort());
  });

  it("refuse exactly where a mandatory rule is broken, except what is allowed by name", async () => {
    const advisory = rules.filter(({ level }) => level === PolicyLevel.Advisory);
    const mandatory = (object: Manifest) =>
      ours(object).filter((id) => !advisory.some((rule) => rule.id === id));
    const policies = admissionPolicies({ allowed: { "node-port": ["Service shop/allowed-*"] } });
    await apply(policies);
    const closed = service({ type: "NodePort" });
    const open = { ...closed, metadata: { ...closed.metadata, name: "allowed-1" } };

    const differences = await differencesOf(async (object) => {
      const { accepted, message } = await ask(object);
      const expected = mandatory(object);
      return accepted === (expected.length === 0) ? undefined : { object, message, ours: expected };
    });
    const [excepted, refusal] = [await ask(open), await ask(closed)];

    await remove(policies);
    expect(differences).toEqual([]);
    expect(excepted).toMatchObject({ accepted: true });
    expect(refusal.message).toContain("No Service opens a port on every node");
  });
});
