import { describe, expect, it } from "vitest";
import { collect, collectAll, MOST_REQUESTS } from "../../../where/collect/collect.ts";
import { Reader } from "../../../where/collect/reader.ts";
import { reportOn } from "../../../where/commands/answer.ts";
import { diagnose } from "../../../where/diagnosis/diagnose.ts";
import { Health } from "../../../where/diagnosis/diagnosis.ts";
import { waiting } from "./cases/breakages.ts";
import { BROKEN_ENTRIES } from "./cases/broken-entries.ts";
import { BROKEN_PODS, CRASHED } from "./cases/broken-pods.ts";
import { BROKEN_SERVICES } from "./cases/broken-services.ts";
import { stateOf } from "./cases/case.ts";
import { HEALTHY } from "./cases/healthy.ts";
import { connectionTo, fakeApi } from "./fake-api.ts";

/** Kinds and facts that this server does not have, or that are read only where a cluster has their API. */
const ELSEWHERE = ["entry-backend-missing", "node-port-taken", "not-seen"];
const SERVED = [...BROKEN_ENTRIES, ...BROKEN_SERVICES, ...BROKEN_PODS].filter(
  (it) => !ELSEWHERE.includes(it.cause),
);

describe("collect", () => {
  it.each(SERVED)("reads what shows $cause: $title", async (it) => {
    const state = stateOf(it);
    const api = fakeApi(state);

    const read = await collect(new Reader(connectionTo(api)), state.asked);

    expect(diagnose(read).findings[0]?.cause).toBe(it.cause);
    expect(api.paths.length).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  // The server of this test does not have the other Service.
  const works = HEALTHY.filter(({ title }) => title !== "an ExternalName of this cluster");

  it.each(works)("finds nothing wrong with $title", async (it) => {
    const state = stateOf(it);
    const api = fakeApi(state);

    const read = await collect(new Reader(connectionTo(api)), state.asked);

    expect(diagnose(read).findings).toEqual([]);
    expect(api.paths.length).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  it("never asks for Secrets", async () => {
    for (const it of [...SERVED, ...HEALTHY]) {
      const state = stateOf(it);
      const api = fakeApi(state);
      await collect(new Reader(connectionTo(api)), state.asked);
      expect(api.paths.filter((path) => /secret/i.test(path))).toEqual([]);
    }
  });

  it("says what it was forbidden to read, and still answers the rest", async () => {
    const state = stateOf({ title: "", set: {} });
    const api = fakeApi(state, ["networkpolicies"]);

    const read = await collect(new Reader(connectionTo(api)), state.asked);

    const { checked, findings, verdict } = diagnose(read);
    expect(verdict).toBe(Health.Unknown);
    expect(findings[0]?.sentence).toMatch(/^Could not read networkPolicies \(forbidden\)/);
    expect(checked).toContain("Pods: 3 of 3 ready");
  });

  it("could not tell when everything is forbidden", async () => {
    const state = stateOf({ title: "", set: {} });

    const read = await collect(new Reader(connectionTo(fakeApi(state, ["*"]))), state.asked);

    expect(diagnose(read).verdict).toBe(Health.Unknown);
  });
});

describe("collectAll", () => {
  it("answers for every Service of a namespace from one state", async () => {
    const other = {
      metadata: { name: "pay", namespace: "shop" },
      spec: { selector: { app: "pay" }, ports: [{ port: 80 }] },
    };
    const state = stateOf({ title: "", set: { "services.1": other } });
    const api = fakeApi(state);

    const report = reportOn(await collectAll(new Reader(connectionTo(api)), "shop"), true);

    expect(report.answers.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["web", Health.Healthy],
      ["pay", Health.Broken],
    ]);
    expect(api.paths.length).toBeLessThanOrEqual(MOST_REQUESTS);
  });
});

describe("collect of a Pod that crashes", () => {
  const set = waiting("CrashLoopBackOff", undefined, CRASHED);
  const lastLine = "cannot connect to postgres://web:hunter2@db/web";
  const state = {
    ...stateOf({ title: "", set }),
    logs: [{ namespace: "shop", pod: "web-a", container: "web", lastLine }],
  };

  it("tells the last line of its log, without the password in it", async () => {
    const api = fakeApi(state);

    const read = await collect(new Reader(connectionTo(api)), state.asked);

    expect(diagnose(read).findings[0]?.sentence).toMatch(
      /, last line "cannot connect to postgres:\/\/\(hidden\)@db\/web"/,
    );
    expect(api.paths.length).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  it("answers the same without the line where logs are forbidden", async () => {
    const api = fakeApi(state, ["log"]);

    const read = await collect(new Reader(connectionTo(api)), state.asked);

    const { findings } = diagnose(read);
    expect(findings.map(({ cause }) => cause)).toEqual(["crash-loop"]);
    expect(findings[0]?.sentence).not.toContain("last line");
  });
});
