import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { keysOf } from "../port-sweep/contents.ts";
import { startDatabase, startMoto } from "../port-sweep/control.ts";
import { changes, judge } from "../port-sweep/judge.ts";
import { listenersOf } from "../port-sweep/listening.ts";
import { servePageOf } from "../port-sweep/page.ts";
import { readableBy, sweep } from "../port-sweep/sweep.ts";
import { CANARY, createServices, NAMESPACE, removeServices } from "../port-sweep/with-services.ts";
import { core, loadBalancing, paths, toolchain } from "./rig.ts";

const LONG = 600_000;
const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot && process.platform === "linux")("another user of the machine", () => {
  beforeAll(createServices);
  afterAll(removeServices);

  test("gets health and nothing else from a cluster with simulated nodes, and changes nothing", {
    timeout: LONG,
  }, async ({ annotate }) => {
    const page = await servePageOf(paths);
    const { counts, processes, ...found } = await judge(paths, core, [CANARY]);
    expect(listenersOf(paths).map(({ port }) => port)).toContain(page);

    expect(found).toEqual({ changed: [], exposed: [], leaked: [], told: [] });
    expect(processes).toEqual(
      expect.arrayContaining(["etcd", "kube-apiserver", "kube-controller", "kube-scheduler"]),
    );
    expect(counts.requests).toBeGreaterThan(500);
    const secret = await core.readNamespacedSecret({ namespace: NAMESPACE, name: "secret" });
    expect(Buffer.from(secret.data?.["canary"] ?? "", "base64").toString()).toBe(CANARY);
    expect((await loadBalancing.describeLoadBalancers({})).LoadBalancers).not.toEqual([]);
    const { ports, requests, sockets } = counts;
    await annotate(
      `Another user, simulated nodes: ${ports} ports, ${sockets} sockets, ${requests} requests: 0 changes, 0 secrets`,
      "figure",
    );
  });

  test("reads no file of a cluster", async () => {
    expect(await readableBy(paths.root)).toEqual([]);
  });

  test("reads a file that everybody may read, which the look finds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "open-cluster-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const journal = join(folder, "journal.jsonl");
    writeFileSync(journal, "");
    chmodSync(journal, 0o644);
    chmodSync(folder, 0o755);

    expect(await readableBy(folder)).toEqual([folder, journal]);
  });

  test("writes to a database whose peers come by a port, and no more once they come by a socket", {
    timeout: LONG,
  }, async () => {
    const database = await startDatabase(toolchain);
    await database.startOpen();
    const empty = await keysOf(database.paths);

    await sweep(listenersOf(database.paths));
    const written = await keysOf(database.paths);
    await database.startClosed();
    const kept = await keysOf(database.paths);
    await sweep(listenersOf(database.paths));

    expect(changes(empty, written)).toEqual(["intruder"]);
    expect(kept).toEqual(written);
    expect(await keysOf(database.paths)).toEqual(written);
  });

  test("changes a moto that has nothing in front of it", { timeout: LONG }, async () => {
    const { listener, networks } = await startMoto(toolchain.paths.moto);
    const before = await networks();

    await sweep([listener]);

    expect(before).toHaveLength(1); // the one that every account has
    expect(await networks()).not.toEqual(before);
  });
});
