import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { core, pulumi } from "../engine/rig.ts";
import { processes, readProc } from "../shared/proc.ts";

const cwd = join(import.meta.dirname, "programs", "variables-and-mounts");
const namespace = "variables-and-mounts";

beforeAll(async () => {
  await pulumi(["stack", "init", "dev", "--no-select"], { cwd });
  const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"], { cwd });
  expect(up.exitCode, up.output).toBe(0);
});

// What its Pods take to end is not waited for.
afterAll(() => core.deleteNamespace({ name: namespace }));

/** The process of the container whose variable MARK has a value: nodes' processes are this machine's. */
function processOf(mark: string) {
  const found = processes()
    .map(({ pid }) => ({ pid, variables: readProc(pid, "environ").split("\0") }))
    .filter(({ variables }) => variables.includes(`MARK=${mark}`));
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

test("has a Pod read the value that a variable of a Backend refers to", () => {
  expect(processOf("reader").variables).toContain("DATABASE_URL=postgres://app:opened@db/app");
});

test("has a Pod read the reference as it stands when the variable it names comes later", () => {
  expect(processOf("as-written").variables).toContain(
    "DATABASE_URL=postgres://app:$(PASSWORD)@db/app",
  );
});

test("has every mount of a volume in a Pod when a patch mounts it twice more", () => {
  const mounts = readProc(processOf("reader").pid, "mountinfo")
    .split("\n")
    .map((line) => line.split(" ")[4]);

  expect(mounts).toEqual(expect.arrayContaining(["/files", "/config/one", "/config/two"]));
});
