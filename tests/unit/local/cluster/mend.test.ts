import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { damagesOf, mend } from "../../../../local/cluster/mend.ts";
import { ensurePki } from "../../../../local/cluster/pki.ts";
import { ensurePorts } from "../../../../local/cluster/ports.ts";
import { writeAtomically } from "../../../../local/files/atomic-file.ts";
import { privateFolder } from "../../../../local/files/private-folder.ts";
import { type LocalPaths, localPaths } from "../../../../local/paths.ts";

const DAY = 86_400_000;
const network = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  securityGroupId: "sg-1",
  instances: ["a", "b", "c"].map((letter) => ({
    zone: `us-east-1${letter}`,
    instanceId: `i-${letter}`,
    privateDnsName: `ip-${letter}`,
    privateIpAddress: "10.0.0.4",
  })),
  requests: 2,
};

let original: LocalPaths;
let paths: LocalPaths;

/** The files of a cluster that has run, without what is not looked at. Made once: their keys take long. */
beforeAll(async () => {
  original = localPaths(mkdtempSync(join(tmpdir(), "mend-")));
  await ensurePki(original.pki);
  await ensurePorts({ folder: original.run, isRunning: () => false, report: () => {} });
  for (const folder of [dirname(original.awsJournal), original.etcd]) privateFolder(folder);
  writeAtomically(original.awsJournal, "{}\n{}\n");
  writeAtomically(original.awsNetwork, JSON.stringify(network));
  writeAtomically(original.etcdMade, "");
});

afterAll(() => rmSync(original.root, { recursive: true }));

/** A copy for each test, which harms it. */
beforeEach(() => {
  paths = localPaths(mkdtempSync(join(tmpdir(), "mend-")));
  onTestFinished(() => rmSync(paths.root, { recursive: true }));
  cpSync(original.root, paths.root, { recursive: true });
});

const problems = (now?: Date) =>
  damagesOf(paths, now).map(({ problem }) => problem.replaceAll(`${paths.root}/`, ""));

test("damagesOf: finds nothing in a folder where nothing was made, nor in a whole one", () => {
  const empty = localPaths(join(paths.root, "nothing"));

  expect(damagesOf(empty)).toEqual([]);
  expect(problems()).toEqual([]);
});

/** Every way a file can be no good that a full disk, a killed writer or a person brings about. */
const harms: Record<string, (path: string) => void> = {
  empty: (path) => truncateSync(path),
  cut: (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  "not readable as what it is": (path) => writeFileSync(path, "\0\0\0 no such thing"),
};
const files = [
  ...["authority.crt", "server.crt", "server.key", "etcd-client.crt", "etcd-client.key"],
  ...["service-account.key", "service-account.pub", "tokens.csv"],
].map((name) => `pki/${name}`);

test.each(
  [...files, "run/ports", "aws/network.json"].flatMap((file) =>
    Object.keys(harms).map((harm) => [file, harm] as const),
  ),
)("damagesOf: names %s when it is %s", (file, harm) => {
  harms[harm]?.(join(paths.root, file));

  expect(problems()).toEqual([expect.stringContaining(file)]);
});

test.each([
  ["server.key", "etcd-client.key", /^server\.key is not the key of pki\/server\.crt$/],
  [
    "etcd-client.crt",
    "authority.crt",
    /^etcd-client\.key is not the key of pki\/etcd-client\.crt$/,
  ],
  ["service-account.key", "server.key", /does not belong to service-account\.key$/],
])("damagesOf: names %s when it is that of %s", (file, other, expected) => {
  writeFileSync(join(paths.pki, file), readFileSync(join(paths.pki, other)));

  expect(problems()).toEqual([expect.stringMatching(expected)]);
});

test("damagesOf: finds certificates that another authority signed", async () => {
  const other = join(paths.root, "other");
  await ensurePki(other);
  writeFileSync(join(paths.pki, "authority.crt"), readFileSync(join(other, "authority.crt")));

  expect(problems()).toEqual(["pki/server.crt is not signed by authority.crt"]);
});

test.each([
  ["three days back", -3, []],
  ["a year and more back", -366, [expect.stringContaining("the clock was ahead when it was made")]],
  ["eleven months on", 336, [expect.stringMatching(/pki\/authority\.crt is valid until .+ only$/)]],
])("damagesOf: judges certificates by the clock when it goes %s", (_, days, expected) => {
  expect(problems(new Date(Date.now() + days * DAY))).toEqual(expected);
});

test("damagesOf: finds an AWS that has lost the requests that made its network", () => {
  writeFileSync(paths.awsJournal, "{}\n");
  const cut = problems();
  rmSync(paths.awsJournal);

  expect(cut).toEqual(["aws/journal.jsonl has lost the requests that made the network"]);
  expect(problems()).toEqual(cut);
});

test("damagesOf: finds a network that was not finished, and a database that never answered", () => {
  rmSync(paths.awsNetwork);
  rmSync(paths.etcdMade);

  expect(problems()).toEqual([
    "aws/network.json is missing: an earlier start was cut off while it made the network",
    "etcd was not finished by an earlier start",
  ]);
});

test("mend: says what is made anew, ends what runs, and only then removes it; the next look finds nothing", async () => {
  truncateSync(join(paths.pki, "server.key"));
  const before = readFileSync(join(paths.pki, "tokens.csv"), "utf8");
  const events: string[] = [];
  const report = (line: string) => events.push(line);
  const stop = async () => {
    events.push(existsSync(join(paths.pki, "server.key")) ? "stopped" : "removed too early");
  };

  await mend(paths, { report, stop });
  await ensurePki(paths.pki);

  expect(events).toEqual([
    `${paths.pki}/server.key is empty; new certificates are made`,
    "stopped",
  ]);
  expect(damagesOf(paths)).toEqual([]);
  expect(readFileSync(join(paths.pki, "tokens.csv"), "utf8")).toBe(before);
});

test("mend: leaves a whole cluster alone", async () => {
  const fail = () => {
    throw new Error("not asked for");
  };

  await mend(paths, { report: fail, stop: fail });

  expect(existsSync(paths.awsNetwork)).toBe(true);
});

test("ensurePki: makes certificates anew whose clock was ahead, once it is set right", async () => {
  const folder = join(paths.root, "ahead");
  const ahead = new Date(Date.now() + 400 * DAY);
  await ensurePki(folder, ahead);
  const made = readFileSync(join(folder, "server.crt"), "utf8");

  await ensurePki(folder, ahead);
  const kept = readFileSync(join(folder, "server.crt"), "utf8");
  await ensurePki(folder);

  expect(kept).toBe(made);
  expect(readFileSync(join(folder, "server.crt"), "utf8")).not.toBe(made);
  expect(relative(paths.root, folder)).toBe("ahead");
});

test("ensurePki: closes its folder to others", async () => {
  chmodSync(paths.pki, 0o755);

  await ensurePki(paths.pki);

  const { statSync } = await import("node:fs");
  expect(statSync(paths.pki).mode & 0o777).toBe(0o700);
});
