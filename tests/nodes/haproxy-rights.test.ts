import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CLI_SOCKET,
  CONFIG,
  HAPROXY_USER,
  PROGRAM,
} from "../../local/cloud/load-balancers/haproxy-root.ts";
import { askMaster, parseWorkers } from "../../local/cloud/load-balancers/master-cli.ts";
import { programOf } from "../../local/processes/identity.ts";
import { waitFor } from "../../local/wait.ts";
import { processes } from "../shared/proc.ts";
import { hostile, noRights, openFiles, rightsOf } from "./haproxy-rights.ts";
import { childrenOf, type LoadBalancerRig, membersOf, startRig } from "./load-balancer-rig.ts";

const WITHIN_SECONDS = 60;

let rig: LoadBalancerRig;

beforeAll(async () => {
  rig = await startRig("haproxy-rights");
  await rig.startDataPlane();
}, 120_000);
afterAll(() => rig?.stop());

const ask = (command: string) =>
  askMaster(relative(process.cwd(), join(rig.haproxyRoot, CLI_SOCKET)), command);

/** Waits until HAProxy has a worker. */
const untilItWorks = () =>
  waitFor(async () => parseWorkers(await ask("show proc")).current !== undefined, {
    awaited: "HAProxy",
    timeoutSeconds: WITHIN_SECONDS,
  });

/** What such a configuration leaves of HAProxy need not work: the data plane starts another. */
async function startAgain(): Promise<void> {
  const before = childrenOf(rig.dataPlane());
  // Such a configuration may have ended it already.
  for (const pid of before.filter((it) => rightsOf(it) !== undefined)) process.kill(pid, "SIGKILL");
  const isNew = (pid: number) => !before.includes(pid);
  await waitFor(() => childrenOf(rig.dataPlane()).some(isNew) || before.length === 0, {
    awaited: "another HAProxy",
    timeoutSeconds: WITHIN_SECONDS,
  });
  await untilItWorks();
}

/** Whether it is the data plane, or was started by it and not by HAProxy: what is about to be HAProxy has rights until it is. */
function isDataPlanes(pid: number): boolean {
  const parents = new Map(processes().map((it) => [it.pid, it.parent]));
  for (let at: number | undefined = pid; at !== rig.dataPlane(); at = parents.get(at)) {
    const program = at === undefined ? undefined : programOf(at);
    // Of what has ended nobody can tell; it has no rights.
    if (at === undefined || program === undefined) return false;
    if (program === join(rig.haproxyRoot, PROGRAM)) return false;
  }
  return true;
}

describe("HAProxy of the simulated load balancers", () => {
  test("HAProxy: is a user without rights in a folder with no other program", async () => {
    await untilItWorks();
    const dataPlane = rig.dataPlane();
    const haproxies = membersOf(dataPlane).filter((pid) => pid !== dataPlane);
    const none = noRights(HAPROXY_USER, rig.haproxyRoot);

    expect(haproxies.length).toBeGreaterThan(1);
    for (const pid of haproxies) expect(rightsOf(pid)).toEqual(none);
    expect(haproxies.filter(isDataPlanes)).toEqual([]); // they are looked at below
    expect(rightsOf(dataPlane)).not.toEqual(none); // the control: what starts them has rights

    const { run, write } = openFiles(rig.haproxyRoot);
    expect(run.filter((path) => !/^lib(?:64)?\/[\w.+-]+\.so[.\d]*$/.test(path))).toEqual([PROGRAM]);
    expect(write).toEqual(["dev/null"]);
  });

  test.each(hostile)(
    "HAProxy: starts nothing and gains nothing by $way, whatever its configuration says",
    async ({ said, text }) => {
      await untilItWorks();
      const config = join(rig.haproxyRoot, CONFIG);
      const good = readFileSync(config, "utf8");
      const times = () => rig.log().split(said).length;
      const before = times();

      writeFileSync(config, `${good}${text}`); // past the writer, which has no way to say it
      await ask("reload");

      await waitFor(() => times() > before, { awaited: said, timeoutSeconds: WITHIN_SECONDS });
      const others = membersOf(rig.dataPlane()).filter((pid) => !isDataPlanes(pid));
      for (const pid of others) {
        expect([undefined, noRights(HAPROXY_USER, rig.haproxyRoot)]).toContainEqual(rightsOf(pid));
      }
      await startAgain();
    },
  );

  test("data plane: refuses a load balancer of a name that AWS would not have", async () => {
    const name = "x\nprogram x\n  command /bin/sh";
    const Subnets = [...rig.network.subnetIds];
    const isMade = await rig.aws.createLoadBalancer({ Name: name, Type: "network", Subnets }).then(
      () => true,
      () => false, // the simulated AWS has refused it before
    );

    if (isMade) expect(rig.log()).toContain('balancers[0].name is "x\\nprogram x');
    expect(rig.hosts()).not.toContain("program");
    expect(readFileSync(join(rig.haproxyRoot, CONFIG), "utf8")).not.toContain("program");
  });
});
