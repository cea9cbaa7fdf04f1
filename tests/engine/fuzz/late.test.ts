import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import { type Manifest, SECRET } from "../../../testing/index.ts";
import { type ArgsField, analyzePackage, argsFields } from "../../unit/support/analyze.ts";
import type { Given } from "./arbitraries/backend.ts";
import { arbitraries } from "./arbitraries/components.ts";
import { placesOf, valueAt, withValueAt } from "./places.ts";
import { type ComponentName, render } from "./render.ts";
import { often, timeoutFor } from "./settings.ts";

/** How a value arrives: now, or later as one that everybody or nobody may read. */
const ARRIVALS = {
  plain: (value: unknown) => value,
  late: (value: unknown) => pulumi.output(Promise.resolve(value)),
  promised: (value: unknown) => Promise.resolve(value),
  secret: (value: unknown) => pulumi.secret(value),
} as const;
type Arrival = keyof typeof ARRIVALS;

/** Each value of a set arrives as one of these says, in turn. */
const arrivals = fc.array(fc.constantFrom(...(Object.keys(ARRIVALS) as Arrival[])), {
  minLength: 7,
  maxLength: 7,
});

let fieldsOf: (component: ComponentName) => ArgsField[];
beforeAll(() => {
  const analyzed = analyzePackage();
  fieldsOf = (component) =>
    argsFields(analyzed, component).filter(({ late, path }) => late && !path.startsWith("patches"));
});

describe("values that arrive late", () => {
  test.for([
    ["Backend", 60],
    ["NodePortService", 60],
    ["LoadBalancerService", 60],
  ] as const)(
    "%s: makes the same objects, but for the secrets in them, when any of its values are late",
    { timeout: timeoutFor(120) },
    async ([component, runs]) => {
      let waiting = 0;
      const property = fc.asyncProperty<[Given<object>, Arrival[]]>(
        arbitraries[component],
        arrivals,
        async ({ args, name }, turns) => {
          const plain = await render(component, { name, args });
          const { delayed, count } = delay(args, fieldsOf(component), turns);
          const late = await render(component, { name, args: delayed });

          waiting += count;
          const shown = withSortedVariables(withoutEmptyUrls(late, absentUrls(args, plain)));
          expect(withSecretsOf(shown, withSortedVariables(plain))).toEqual(shown);
        },
      );

      await fc.assert(property, often(runs));

      expect(waiting).toBeGreaterThan(runs);
    },
  );
});

/** Lets values arrive in different ways; those inside of others first. */
function delay(args: object, fields: readonly ArgsField[], turns: readonly Arrival[]) {
  let [delayed, count] = [args, 0];
  for (const { path } of fields.toReversed()) {
    for (const place of placesOf(args, path)) {
      const arrival = turns[count % turns.length] ?? "late";
      delayed = withValueAt(delayed, place, ARRIVALS[arrival](valueAt(delayed, place)));
      count += 1;
    }
  }
  return { delayed, count };
}

/** The variables for URLs of connections that do not speak HTTP. */
function absentUrls({ connectsTo = {} }: Partial<BackendArgs>, plain: readonly Manifest[]) {
  const text = JSON.stringify(plain);
  return Object.keys(connectsTo)
    .map((key) => `${key}_URL`)
    .filter((variable) => !text.includes(`{"name":"${variable}",`));
}

/** Without the variables that are there only because nobody knew in time that the URL is none. */
function withoutEmptyUrls(value: unknown, absent: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value
      .filter((item) => !absent.includes(item?.name) || !["", SECRET].includes(item.value))
      .map((item) => withoutEmptyUrls(item, absent));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, withoutEmptyUrls(field, absent)]),
  );
}

/** Variables by name: those whose references nobody knows yet come after the others, as tests/unit/workload/environment.test.ts has it. */
function withSortedVariables(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withSortedVariables);
  const sorted = ([key, field]: [string, unknown]) => {
    if (key !== "env" || !Array.isArray(field)) return [key, withSortedVariables(field)];
    return [key, field.toSorted((one, other) => (one.name < other.name ? -1 : 1))];
  };
  return Object.fromEntries(Object.entries(value).map(sorted));
}

/** What is plain, with the secrets hidden that are hidden in what is late. */
function withSecretsOf(late: unknown, plain: unknown): unknown {
  if (late === SECRET) return plain === undefined ? plain : SECRET;
  if (Array.isArray(plain)) {
    return plain.map((item, index) => withSecretsOf((late as unknown[])?.[index], item));
  }
  if (typeof plain !== "object" || plain === null) return plain;
  return Object.fromEntries(
    Object.entries(plain).map(([key, field]) => [
      key,
      withSecretsOf((late as Record<string, unknown> | undefined)?.[key], field),
    ]),
  );
}
