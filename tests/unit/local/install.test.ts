import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkout } from "../../../local/paths.ts";
import { waitFor } from "../../../local/wait.ts";

let folder: string;
const children: ChildProcess[] = [];

/** A checkout with an npm of ours, which notes that it was run and ends only when it is told to. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "install-"));
  onTestFinished(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    writeFileSync(join(folder, "go"), ""); // an npm whose parent was killed
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "package-lock.json"), "{}");
  const npm = `#!/bin/sh
echo run >>'${folder}/runs'
mkdir -p node_modules
while [ -d '${folder}' ] && [ ! -e '${folder}/go' ]; do sleep 0.05; done
exit "$(cat '${folder}/status' 2>/dev/null || echo 0)"
`;
  writeFileSync(join(folder, "bin", "npm"), npm);
  chmodSync(join(folder, "bin", "npm"), 0o755);
});

function install(event?: string) {
  const said: string[] = [];
  const child = spawn(process.execPath, [join(checkout, "local", "install.cjs"), folder], {
    env: {
      ...process.env,
      npm_lifecycle_event: event,
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"]}`,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  children.push(child);
  child.stderr.on("data", (chunk) => said.push(String(chunk)));
  const ended = once(child, "close").then(([status]) => ({ status, said: said.join("") }));
  return { child, said: () => said.join(""), ended };
}

const lock = () => join(folder, ".local", "install.lock");
const runs = () =>
  existsSync(join(folder, "runs"))
    ? readFileSync(join(folder, "runs"), "utf8").match(/run/g)
    : null;
const untilRuns = (count: number) =>
  waitFor(() => runs()?.length === count, { awaited: `run ${count} of npm`, timeoutSeconds: 60 });
const letGo = () => writeFileSync(join(folder, "go"), "");
const untilItWaits = (start: ReturnType<typeof install>) =>
  waitFor(() => start.said().includes("Waiting for process"), {
    awaited: "the second start to wait",
    timeoutSeconds: 60,
  });

test("install: runs npm once for two first starts, of which one says for whom it waits", {
  timeout: 120_000,
}, async () => {
  const first = install();
  await untilRuns(1);
  const second = install();
  await untilItWaits(second);

  letGo();
  const [one, two] = await Promise.all([first.ended, second.ended]);

  expect([one.status, two.status]).toEqual([0, 0]);
  expect(two.said).toMatch(/^Waiting for process \d+, which installs the dependencies\n$/);
  expect(runs()).toHaveLength(1);
  expect(readdirSync(join(folder, ".local"))).toEqual([]);
});

test("install: waits for the npm of a start that was killed, and then runs its own", {
  timeout: 120_000,
}, async () => {
  const first = install();
  await untilRuns(1);
  await waitFor(() => readFileSync(lock(), "utf8").includes("npm"), {
    awaited: "the note of npm",
    timeoutSeconds: 60,
  });
  const gone = once(first.child, "exit"); // its npm keeps its pipes
  first.child.kill("SIGKILL");
  await gone;
  const second = install();
  await untilItWaits(second);
  expect(runs()).toHaveLength(1);

  letGo();

  expect((await second.ended).status).toBe(0);
  expect(runs()).toHaveLength(2);
});

test.each([
  ["prestart", "then come the tools that are missing: in about 2 minutes at 50 Mbit/s"],
  ["pretest", "(about a minute the first time, 1 GB of disk)\n"],
])(
  "install: says before npm runs what will come, at %s",
  { timeout: 60_000 },
  async (event, said) => {
    const installing = install(event);
    await untilRuns(1);

    expect(installing.said()).toContain(said);

    letGo();
    await installing.ended;
  },
);

test("install: installs again where npm failed, and not where the stamp says that it is done", {
  timeout: 120_000,
}, async () => {
  letGo();
  writeFileSync(join(folder, "status"), "3");
  const failed = await install().ended;
  rmSync(join(folder, "status"));

  const done = await install().ended;
  const again = await install().ended;

  expect(failed.status).toBe(1);
  expect(failed.said).toContain("Cannot install the dependencies: npm ci ended with status 3");
  expect([done.status, again.status, again.said]).toEqual([0, 0, ""]);
  expect(runs()).toHaveLength(2);
});

test.each([
  ["a stamp that was cut", () => writeFileSync(join(folder, "node_modules", ".installed"), "ab")],
  [
    "the lock of a killed start whose pid went to another process",
    () => {
      rmSync(join(folder, "node_modules"), { recursive: true });
      writeFileSync(lock(), JSON.stringify({ host: hostname(), pid: process.pid, start: "1" }));
    },
  ],
])("install: installs again after %s", { timeout: 120_000 }, async (_, harm) => {
  letGo();
  await install().ended;
  harm();

  expect((await install().ended).status).toBe(0);
  expect(runs()).toHaveLength(2);
});

test("install: names the way out where another host installs", { timeout: 120_000 }, async () => {
  mkdirSync(join(folder, ".local"));
  writeFileSync(lock(), JSON.stringify({ host: "there", pid: 1, start: "1" }));

  const { status, said } = await install().ended;

  expect(status).toBe(1);
  expect(said).toContain(
    `process 1 on the host there installs them, as ${lock()} says; wait for it`,
  );
  expect(said).toContain(`(rm ${lock()})`);
});

test("install: needs nothing of Node that an old one lacks, since it runs before there is another", () => {
  const script = readFileSync(join(checkout, "local", "install.cjs"), "utf8");
  const modules = [...script.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);

  expect(modules.sort()).toEqual([
    ...["node:child_process", "node:crypto", "node:fs", "node:os", "node:path"],
  ]);
});

test("install: installs again after a lock that was cut", { timeout: 120_000 }, async () => {
  letGo();
  mkdirSync(join(folder, ".local"));
  writeFileSync(lock(), '{"host":');

  expect((await install().ended).status).toBe(0);
  expect(runs()).toHaveLength(1);
});
