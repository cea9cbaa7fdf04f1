import * as pulumi from "@pulumi/pulumi";
import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { beforeAll, describe, expect, test } from "vitest";
import {
  Backend,
  Exposure,
  InvalidArgsError,
  LoadBalancerService,
  NodePortService,
} from "../../../components/index.ts";
import { UNKNOWN } from "../../../testing/resolve.ts";
import { analyzePackage, argsFields } from "../support/analyze.ts";
import { cluster, minimal } from "../support/args.ts";
import { failureOf, later, runProgram, unknown } from "../support/run-program.ts";
import { sentSecret } from "../support/wire.ts";
import { backendRows } from "./backend-rows.ts";
import { loadBalancerRows, nodePortRows } from "./entrance-rows.ts";
import { ANYTHING_GOES, type InputRow } from "./input-row.ts";
import { marked, replaced, valuesAt } from "./places.ts";

interface Subject {
  readonly component: string;
  readonly rows: readonly InputRow[];
  readonly create: (args: object) => pulumi.ComponentResource;
}

const ports = [{ port: 80, targetPort: "http" }];
const subjects: readonly Subject[] = [
  {
    component: "Backend",
    rows: backendRows,
    create: (args) => new Backend("web", { ...minimal, ...args }),
  },
  {
    component: "NodePortService",
    rows: nodePortRows,
    create: (args) => new NodePortService("web", { cluster, ports, ...args } as never),
  },
  {
    component: "LoadBalancerService",
    rows: loadBalancerRows,
    create: (args) =>
      new LoadBalancerService("web", {
        ...{ cluster, ports, exposure: Exposure.Internal },
        ...args,
      } as never),
  },
];

describe("the table", () => {
  let analyzed: AnalyzeResult;
  beforeAll(() => {
    analyzed = analyzePackage();
  }, 60_000);

  test.each(subjects)("$component: has a row for every Input field", ({ component, rows }) => {
    const covered = rows.map(({ field }) => field).sort();

    const late = argsFields(analyzed, component).filter((field) => field.late);
    const paths = new Set(late.map(({ path }) => path));
    // The analyzer passes the mark of a map on to its values: below a late one nothing is known of them.
    const own = [...paths].filter(
      (path) => !paths.has(path.replace(/\{\}$/, "")) || !path.endsWith("{}"),
    );
    expect(covered).toEqual(own.sort());
  });
});

describe.each(subjects)("$component", ({ component, create, rows }) => {
  /** The objects of the component by kind, as they are sent to the engine. */
  async function objectsOf(given: object, preview = false): Promise<Record<string, unknown>> {
    const { resources } = await runProgram(() => create(given), { preview });
    const sent = resources.flatMap(({ sent: it, type }) =>
      type.startsWith("kubernetes:") ? [it as { kind: string }] : [],
    );
    return Object.fromEntries(sent.map((object) => [object.kind, object]));
  }

  /** What the component is refused with, without its heading. */
  async function refusalOf(given: object, preview = false): Promise<string> {
    const failure = await failureOf(() => create(given), { preview });
    expect(failure).toBeInstanceOf(InvalidArgsError);
    return failure.message.replace(`Cannot create ${component} "web": `, "");
  }

  describe.each(rows)("args.$field", (row) => {
    const given = (value: unknown) => row.given(value as never);

    let plain: Record<string, unknown>;
    beforeAll(async () => {
      plain = await objectsOf(given(row.good));
    });

    test(`${component}: shows the value in its place when it is plain`, () => {
      expect(valuesAt(plain, row.shows)).toEqual(row.shows);
    });

    test(`${component}: has the same objects when the value is an Output`, async () => {
      expect(await objectsOf(given(later(row.good)))).toEqual(plain);
    });

    test(`${component}: marks nothing but the value's place when it is secret`, async () => {
      const objects = await objectsOf(given(pulumi.secret(row.good)));

      expect(objects).toEqual(replaced(plain, row.showsSecret ?? marked(row.shows, sentSecret)));
    });

    test(`${component}: knows everything but the value in a preview when it is unknown`, async () => {
      const objects = await objectsOf(given(unknown()), true);

      expect(objects).toEqual(
        replaced(plain, row.showsUnknown ?? marked(row.shows, () => UNKNOWN)),
      );
    });

    if (row.bad === ANYTHING_GOES) {
      return;
    }
    const { bad, must, path, shown = JSON.stringify(bad) } = row;

    test(`${component}: fails with the path and the rule when the value is plain and bad`, async () => {
      expect(await refusalOf(given(bad))).toBe(`${path} is ${shown}, ${must}`);
    });

    test.each([[false], [true]])(
      `${component}: fails alike, later, when the value is a bad Output and preview is %s`,
      async (preview) => {
        expect(await refusalOf(given(later(bad)), preview)).toBe(`${path} is ${shown}, ${must}`);
      },
    );

    test(`${component}: fails without the value when it is secret and bad`, async () => {
      const refusal = await refusalOf(given(pulumi.secret(bad)));

      expect(refusal).toBe(`${path} is refused, ${must}`);
    });
  });
});
