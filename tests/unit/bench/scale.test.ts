import { describe, expect, test } from "vitest";
import { verbOf } from "../../../bench/scale/count-requests.ts";
import { readScaleOptions } from "../../../bench/scale/options.ts";
import { scalePage } from "../../../bench/scale/page.ts";
import { peersNamed, peersOf, steps, stepsNamed } from "../../../bench/scale/peers.ts";
import { scalePlot } from "../../../bench/scale/plot.ts";
import { usedTogether } from "../../../bench/scale/processes.ts";
import { type ScaleResult, sizeOf, spreadOf } from "../../../bench/scale/result.ts";
import { asOthersWriteIt, withoutAwait } from "../../../bench/scale/stages.ts";

const sample = (peer: string, backends: number, seconds: number) => ({
  peer,
  backends,
  step: "first up",
  seconds,
  processorSeconds: seconds / 2,
  processorSecondsOf: { node: seconds / 4, pulumi: seconds / 8 },
  peakMegabytes: { node: 100 + backends },
});

const result: ScaleResult = {
  machine: "2 cores",
  date: "2026-11-30",
  rounds: 3,
  counts: [1, 10],
  starts: [{ ...sample("SDK only", 0, 1), step: "preview without resources" }],
  samples: [
    ...[2, 4, 3].map((seconds) => sample("plain, tuned", 1, seconds)),
    ...[6, 7, 5].map((seconds) => sample("components", 1, seconds)),
    sample("components", 10, 20),
  ],
  requests: [
    {
      ...{ peer: "components", backends: 1, step: "first up", verbs: { POST: 4, GET: 3 } },
      used: { processorSeconds: 1, processorSecondsOf: { node: 1 }, peakMegabytes: { node: 9 } },
    },
  ],
  states: [{ peer: "components", backends: 10, bytes: 1000, resources: 61, types: {} }],
};

describe("scalePage", () => {
  const page = scalePage(result);

  test("scalePage: has the median, the spread and the ratio to the tuned plain program", () => {
    expect(page).toContain("| components | 6.00 (5.00–7.00), × 2.00 | 20.00 (20.00–20.00) |");
  });

  test("scalePage: has the processor seconds, those of each program and the ratio", () => {
    expect(page).toContain(
      "| components | 3.00 (1.50 / 0.75 / 0.00), × 2.00 | 10.00 (5.00 / 2.50 / 0.00) |",
    );
  });

  test("scalePage: has a dash when a peer was not measured with a number of Backends", () => {
    expect(page).toContain("| plain, tuned | 3.00 (2.00–4.00), × 1.00 | – |");
  });

  test("scalePage: has the requests by verb, the state for each Backend and the peak memory", () => {
    expect(page).toContain("| components | 1 | first up | 3 | 4 | 7 | 1.00 (1.00 / 0.00 / 0.00) |");
    expect(page).toContain("| components | 10 | 61 | 1000 | 100 |");
    expect(page).toContain("| components | 10 | 110 |");
  });

  test("scalePage: has no seconds when nothing was timed", () => {
    const counted = scalePage({ ...result, rounds: 0, samples: [], starts: [] });

    expect(counted).toContain("Nothing was timed.");
    expect(counted).not.toContain("Seconds:");
  });
});

describe("scalePlot", () => {
  test("scalePlot: draws a line for each peer, higher where it is slower", () => {
    const plot = scalePlot(result, "first up");

    const [plain = "", components = ""] = [...plot.matchAll(/points="([^"]*)"/g)].map(
      ([, points]) => points,
    );
    const height = (points: string) => Number(points.split(" ")[0]?.split(",")[1]);
    expect(height(components)).toBeLessThan(height(plain));
    expect(components.split(" ")).toHaveLength(2);
  });

  test("scalePlot: escapes what SVG reads as markup", () => {
    const [first] = result.samples;
    const samples = first === undefined ? [] : [{ ...first, peer: "<a & b>" }];

    expect(scalePlot({ ...result, samples }, "first up")).toContain("&lt;a &amp; b>");
  });
});

describe("usedTogether", () => {
  test("usedTogether: adds processor time and keeps the highest peak of each program", () => {
    const one = {
      processorSeconds: 3,
      processorSecondsOf: { a: 1, b: 2 },
      peakMegabytes: { a: 50 },
    };
    const other = {
      processorSeconds: 4,
      processorSecondsOf: { a: 4 },
      peakMegabytes: { a: 40, b: 9 },
    };

    expect(usedTogether([one, other])).toEqual({
      processorSeconds: 7,
      processorSecondsOf: { a: 5, b: 2 },
      peakMegabytes: { a: 50, b: 9 },
    });
  });
});

describe("what plain programs get", () => {
  const service = { apiVersion: "v1", kind: "Service" };
  const metadata = { name: "web", annotations: { "pulumi.com/waitFor": "x", note: "own" } };

  test("asOthersWriteIt: leaves out what the components tell the provider, and keeps the rest", () => {
    expect(asOthersWriteIt({ ...service, metadata })).toEqual({
      ...service,
      metadata: { name: "web", annotations: { note: "own" } },
    });
    const alone = { name: "web", annotations: { "pulumi.com/waitFor": "x" } };
    expect(asOthersWriteIt({ ...service, metadata: alone }).metadata).toEqual({ name: "web" });
  });

  test("withoutAwait: waits for no Service, and for every Deployment", () => {
    const skipped = { annotations: { "pulumi.com/skipAwait": "true" } };
    expect(withoutAwait({ ...service, metadata: { name: "web" } }).metadata).toMatchObject(skipped);
    const deployment = { ...service, kind: "Deployment", metadata: { name: "web" } };
    expect(withoutAwait(deployment)).toEqual(deployment);
  });
});

describe("spreadOf", () => {
  test.each([
    [[], undefined],
    [[5], { median: 5, least: 5, most: 5 }],
    [[9, 1, 4], { median: 4, least: 1, most: 9 }],
    [[4, 2, 8, 1], { median: 3, least: 1, most: 8 }],
  ])("spreadOf: of %j is %j", (numbers, spread) => {
    expect(spreadOf(numbers)).toEqual(spread);
  });
});

describe("sizeOf", () => {
  test("sizeOf: counts resources and bytes, also by type", () => {
    const resources = [{ type: "a" }, { type: "a" }, { type: "b", id: "é" }];
    const text = JSON.stringify({ checkpoint: { latest: { resources } } });

    expect(sizeOf(text)).toEqual({
      bytes: Buffer.byteLength(text),
      resources: 3,
      types: { a: { resources: 2, bytes: 24 }, b: { resources: 1, bytes: 21 } },
    });
  });
});

describe("readScaleOptions", () => {
  test("readScaleOptions: reads counts, rounds and peers", () => {
    const args = ["--counts", "1,3", "--rounds", "0", "--peers", "helm", "--peers", "kubectl"];

    expect(readScaleOptions(args)).toEqual({
      counts: [1, 3],
      rounds: 0,
      peers: ["helm", "kubectl"],
      steps: [],
      out: undefined,
    });
  });

  test.each([
    [["--counts", "0"], '--counts has "0", must be an integer from 1 on'],
    [["--counts", "1,,2"], '--counts has "", must be an integer from 1 on'],
    [["--rounds", "x"], '--rounds has "x", must be an integer from 0 on'],
  ])("readScaleOptions: fails when given %j", (args, message) => {
    expect(() => readScaleOptions(args)).toThrow(`Cannot measure: ${message}`);
  });
});

describe("peersOf", () => {
  test("peersOf: leaves out kubectl and Helm when they are missing", () => {
    const tools = { pulumi: "pulumi", kubectl: undefined, helm: undefined, folder: "/tmp" };
    const names = peersOf(tools).map(({ name }) => name);

    expect(names).not.toContain("kubectl");
    expect(names).not.toContain("helm");
    expect(names).toContain("plain, tuned");
  });

  test("peersNamed: takes all, or those that are named", () => {
    const all = peersOf({ pulumi: "pulumi", kubectl: "kubectl", helm: "helm", folder: "/tmp" });

    expect(peersNamed(all, [])).toEqual(all);
    expect(peersNamed(all, ["plain", "helm"]).map(({ name }) => name)).toEqual(["helm", "plain"]);
  });

  test("peersNamed: fails with the known names when one is unknown", () => {
    const all = peersOf({ pulumi: "pulumi", kubectl: "kubectl", helm: undefined, folder: "/tmp" });

    expect(() => peersNamed(all, ["helm", "plain"])).toThrow(
      'Cannot measure: --peers has "helm", must be one of "raw requests", "kubectl", "components", ',
    );
  });

  test("stepsNamed: takes all, or those that are named and the last one", () => {
    expect(stepsNamed([])).toEqual(steps);
    expect(stepsNamed(["first up"])).toEqual(["first up", "destroy"]);
    expect(() => stepsNamed(["second up"])).toThrow(
      'Cannot measure: --steps has "second up", must be one of "first up", ',
    );
  });

  test("peersOf: has a command for each step of each peer", () => {
    const tools = { pulumi: "pulumi", kubectl: "kubectl", helm: "helm", folder: "/tmp" };
    const stage = { options: "{}", manifests: "m", tuned: "t", list: "l" };

    const counts = peersOf(tools).flatMap((peer) =>
      steps.map((step) => peer.commands(step, stage).length),
    );
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });
});

describe("verbOf", () => {
  test.each([
    ["GET", "/api/v1/namespaces/default/services/web", "GET"],
    ["GET", "/api/v1/namespaces/default/services", "LIST"],
    ["GET", "/apis/apps/v1/namespaces/default/deployments?watch=true", "WATCH"],
    ["GET", "/api/v1/nodes", "LIST"],
    ["GET", "/api/v1/namespaces/kube-system", "GET"],
    ["GET", "/openapi/v2", "discovery"],
    ["GET", "/apis/apps/v1", "discovery"],
    ["GET", "/version", "discovery"],
    ["PATCH", "/api/v1/namespaces/default/services/web?dryRun=All", "PATCH dry run"],
    ["POST", "/api/v1/namespaces/default/services", "POST"],
  ])("verbOf: of %s %s is %s", (method, url, verb) => {
    expect(verbOf({ method, url })).toBe(verb);
  });
});
