import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { GATEWAY, realNodes } from "../../local/nodes/names.ts";
import { config, core, network, paths, pulumi } from "../engine/rig.ts";
import { loadFromPod } from "../shared/load.ts";
import { describeLosses, type LoadReport, lossesOf, requestsOf } from "../shared/load-report.ts";
import { processes, readProc } from "../shared/proc.ts";
import { amount } from "../shared/soak.ts";
import { workloadsOf } from "../shared/workloads.ts";
import { clientPod } from "./client-pod.ts";
import { startOutside } from "./outside.ts";
import { APPLICATIONS, NEEDS, OUTSIDE_PORT, running } from "./programs/applications/names.ts";
import { type Answer, askFromPod, untilRunning } from "./request-loop.ts";

// Applications that many people run, with a stand-in for their images, and what reports of users need, all seen with packets.
const cwd = join(import.meta.dirname, "programs", "applications");
const MONITORING = "monitoring";
const ROUNDS = amount(1, 6);
/** What the drain test may take. Its loads would go on for longer than any run of it, and are ended by it. */
const LONGEST_SECONDS = amount(600, 1_800);
/** What shows that there was a load: a round takes as long as a Pod drains, which is 20 seconds, at 200 requests a second. */
const LEAST_REQUESTS = ROUNDS * 2_000;
/** How long is waited for an answer that nobody gives. */
const SECONDS_WITHOUT_ANSWER = 3;

let outside: ChildProcess;

const asker = (namespace: string) => ({ namespace, name: "asker" });

beforeAll(async () => {
  outside = await startOutside({ http: OUTSIDE_PORT, tcp: OUTSIDE_PORT + 1 });
  await core.createNamespace({ body: { metadata: { name: MONITORING } } });
  await pulumi(["stack", "init", "dev", "--no-select"], { cwd });
  const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"], {
    cwd,
    timeoutSeconds: 280,
  });
  expect(up.exitCode, up.output).toBe(0);
  for (const namespace of [APPLICATIONS, NEEDS, MONITORING]) {
    const { name } = asker(namespace);
    await core.createNamespacedPod({ namespace, body: clientPod(name, namespace, { app: name }) });
    await untilRunning(name, namespace);
  }
}, 600_000);

afterAll(async () => {
  outside?.kill();
  // What its Pods take to end is not waited for.
  const names = [APPLICATIONS, NEEDS, MONITORING];
  await Promise.all(names.map((name) => core.deleteNamespace({ name })));
});

async function podOf(namespace: string, app: string) {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `app=${app}` });
  const [pod] = items.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  const { name = "" } = pod?.metadata ?? {};
  return { namespace, name, ip: pod?.status?.podIP ?? "", pod };
}

const ask = (namespace: string, target: string): Promise<Answer> =>
  askFromPod(asker(namespace), { target });

/** Asks where nobody may answer. */
const askInVain = (
  pod: { readonly namespace: string; readonly name: string },
  target: string,
  tcp = false,
): Promise<Answer> => askFromPod(pod, { target, tcp, seconds: SECONDS_WITHOUT_ANSWER });

describe("applications with a stand-in for their images", () => {
  test.each(running.map(({ name, original }) => ({ name, original })))(
    "$name: is ready on real nodes, and answers through its Service",
    async ({ name, original }) => {
      const { pod } = await podOf(APPLICATIONS, name);
      const ready = pod?.status?.conditions?.find(({ type }) => type === "Ready");
      const answers = await Promise.all(
        Object.keys(original.service).map(async (port) => {
          const answer = await ask(APPLICATIONS, `http://${name}:${port}/hostname`);
          // The stand-in speaks HTTP where readiness is asked, and takes lines over TCP at another port.
          const lines = { target: `${name}:${port}`, tcp: true };
          return answer.ok ? answer : askFromPod(asker(APPLICATIONS), lines);
        }),
      );

      expect(ready?.status).toBe("True");
      const good = answers.filter(({ ok, text }) => ok && text.includes(`${name}-`));
      expect(good.length).toBe(answers.length);
    },
  );

  test("app-behind-oauth2-proxy: is reached through its proxy alone", async () => {
    const { ip } = await podOf(APPLICATIONS, "app-behind-oauth2-proxy");

    const page = await ask(APPLICATIONS, "http://app-behind-oauth2-proxy/");
    const beside = await askInVain(asker(APPLICATIONS), `http://${ip}:3000/hostname`);

    expect(page.text).toMatch(/Address: +\S+:4180/);
    expect(beside.ok).toBe(false);
  });
});

describe("what reports of users need", () => {
  /** What a page says of a variable's URL: who answers. */
  async function answerTo(variable: string): Promise<string> {
    const { text } = await ask(NEEDS, "http://asks/");
    return text.split("\n\n").find((it) => it.startsWith(`${variable} `)) ?? text;
  }

  test("a variable has a Secret's value in it", async () => {
    const { name } = await podOf(NEEDS, "answers");

    expect(await answerTo("SECRET_URL")).toMatch(new RegExp(`answers:\\s+${name}`));
  });

  test("a file is mounted alone by its sub-path", async () => {
    expect(await answerTo("FILE_URL")).toMatch(/outside\.example:\d+\/hostname answers:/);
  });

  test("what is outside of the cluster is reached by an EndpointSlice, and nothing beside it", async () => {
    const [from, shut] = await Promise.all([podOf(NEEDS, "asks"), podOf(NEEDS, "shut")]);
    const outsideUrl = `http://${GATEWAY}:${OUTSIDE_PORT}/hostname`;
    const other = `${GATEWAY}:${OUTSIDE_PORT + 1}`;

    expect(await answerTo("OUTSIDE_URL")).toMatch(
      /OUTSIDE_URL http:\/\/asks-to-outside\S* answers:/,
    );
    expect((await askInVain(from, other, true)).ok).toBe(false);
    expect((await askInVain(shut, outsideUrl)).ok).toBe(false);
    expect((await ask(MONITORING, outsideUrl)).ok).toBe(true);
  });

  test("metrics are read from another namespace, and nothing else is", async () => {
    const name = `measured.${NEEDS}.svc`;

    expect((await ask(MONITORING, `http://${name}:9121/hostname`)).ok).toBe(true);
    expect((await askInVain(asker(MONITORING), `http://${name}/hostname`)).ok).toBe(false);
    expect((await ask(NEEDS, `http://${name}/hostname`)).ok).toBe(true);
  });

  test("a worker without ports works, and nobody reaches it", async () => {
    const worker = await podOf(NEEDS, "works");
    const own = { target: "http://127.0.0.1:8080/hostname" };

    expect((await askFromPod(worker, { target: "http://answers/hostname" })).ok).toBe(true);
    expect((await askFromPod(worker, own)).ok).toBe(true);
    expect((await askInVain(asker(NEEDS), `http://${worker.ip}:8080/hostname`)).ok).toBe(false);
  });

  /** The process of the container whose variable MARK has a value: nodes' processes are this machine's. */
  function processOf(mark: string) {
    const found = processes()
      .map(({ pid }) => ({ pid, variables: readProc(pid, "environ").split("\0") }))
      .filter(({ variables }) => variables.includes(`MARK=${mark}`));
    expect(found).toHaveLength(1);
    return found[0] as (typeof found)[number];
  }

  test("a Pod reads the value that a variable of a Backend refers to", () => {
    expect(processOf("reader").variables).toContain("DATABASE_URL=postgres://app:opened@db/app");
  });

  test("a Pod reads the reference as it stands when the variable it names comes later", () => {
    expect(processOf("as-written").variables).toContain(
      "DATABASE_URL=postgres://app:$(PASSWORD)@db/app",
    );
  });

  test("a Pod has every mount of a volume when a patch mounts it twice more", () => {
    const mounts = readProc(processOf("reader").pid, "mountinfo")
      .split("\n")
      .map((line) => line.split(" ")[4]);

    expect(mounts).toEqual(expect.arrayContaining(["/files", "/config/one", "/config/two"]));
  });

  test("own drain seconds lose no request, and without them some are lost", {
    timeout: LONGEST_SECONDS * 1000,
  }, async ({ annotate }) => {
    const cluster = { paths, core, toolchain: inject("nodeToolchain") };
    const workloads = workloadsOf(config, NEEDS);
    const place = { namespace: NEEDS, node: realNodes(network())[0]?.name ?? "" };
    const names = ["drains", "does-not-drain"];
    const loads = names.flatMap((name) => {
      const load = { target: `http://${name}/hostname`, rate: 100, seconds: LONGEST_SECONDS };
      return [
        [`${name}-new`, load],
        [`${name}-kept`, { ...load, keep: 8 }],
      ];
    });
    const load = await loadFromPod(cluster, place, Object.fromEntries(loads));

    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(names.map((name) => workloads.rollOut(name)));
      await Promise.all(names.map((name) => workloads.deletePod(name)));
      await workloads.untilEnded();
      await Promise.all(names.map((name) => workloads.untilAvailable(name)));
    }

    const reports = await load.stop();
    const of = (name: string) => ({
      [`${name}-new`]: reports[`${name}-new`] as LoadReport,
      [`${name}-kept`]: reports[`${name}-kept`] as LoadReport,
    });
    const lost = lossesOf(of("drains"));
    await annotate(
      `lost requests: ${lost} of ${requestsOf(of("drains"))} with drainSeconds of its own in ${ROUNDS} rollouts and ${ROUNDS} deletions; ${lossesOf(of("does-not-drain"))} of ${requestsOf(of("does-not-drain"))} without`,
      "figure",
    );
    expect(lost, describeLosses(of("drains")).join("\n")).toBe(0);
    expect(requestsOf(of("drains"))).toBeGreaterThanOrEqual(LEAST_REQUESTS);
    expect(lossesOf(of("does-not-drain"))).toBeGreaterThan(0);
  });
});
