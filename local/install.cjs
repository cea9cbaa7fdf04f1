// Installs the dependencies when they are missing or older than the lock file. It runs under whatever Node the machine has, before
// the dependencies bring the Node that everything else runs under; hence plain CommonJS and no dependency.
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { spawn } = require("node:child_process");
const { hostname } = require("node:os");
const { dirname, join } = require("node:path");

const checkout = process.argv[2] ?? join(__dirname, "..");
const stamp = join(checkout, "node_modules", ".installed");
const lock = join(checkout, ".local", "install.lock");
const LOOK_AGAIN_MILLISECONDS = 200;

function read(path) {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const say = (line) => process.stderr.write(`${line}\n`);

/** What comes after the dependencies at `npm start`, by bench/results/start.md: which of both it is, only the dependencies can find out. */
const afterwards =
  process.env.npm_lifecycle_event === "prestart"
    ? "; then come the tools that are missing: in about 2 minutes at 50 Mbit/s, 3.2 GB of disk with all else, or, where official releases cannot be reached, built in about 25 minutes on two cores, 17 GB"
    : "";

/** Whole or not at all: beside it first, then in its place. */
function writeAtomically(path, text) {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = fs.openSync(unfinished, "w", 0o600);
    fs.writeFileSync(file, text);
    fs.fsyncSync(file);
    fs.closeSync(file);
    fs.renameSync(unfinished, path);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw error;
  }
}

const wanted = createHash("sha256")
  .update(`${read(join(checkout, "package-lock.json"))}${process.platform}${process.arch}`)
  .digest("hex");
const isInstalled = () => read(stamp) === wanted;

/** Start of a process, by which it is told from a later one with its pid; "" where it does not run or that cannot be told. */
function startOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields === undefined || fields[0] === "Z" ? "" : fields[19];
}

function runs({ pid, start }) {
  if (process.platform === "linux") return startOf(pid) === start;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Who installs, and the npm that it has started and that outlives it. */
function holder() {
  try {
    return JSON.parse(read(lock) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

const me = { host: hostname(), pid: process.pid, start: startOf(process.pid) };

/** Takes the lock if nobody has it: a file that is there whole or not at all. */
function tryLock() {
  const mine = `${lock}.${process.pid}`;
  writeAtomically(mine, JSON.stringify(me));
  try {
    fs.linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** Takes a lock away that nobody holds any more. Where another start was quicker, it has its lock back. */
function removeStale(seen) {
  const stale = `${lock}.${process.pid}.stale`;
  try {
    fs.renameSync(lock, stale);
  } catch {
    return; // another start has removed it
  }
  if (read(stale) !== seen) fs.linkSync(stale, lock);
  fs.rmSync(stale, { force: true });
}

const pause = () => new Promise((done) => setTimeout(done, LOOK_AGAIN_MILLISECONDS));

/** Waits until no other start installs, and says once for whom. */
async function alone() {
  fs.mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  for (let told = false; !tryLock(); ) {
    const seen = read(lock);
    const other = holder();
    if (other !== undefined && other.host !== hostname()) {
      const where = `process ${other.pid} on the host ${other.host} installs them, as ${lock} says`;
      throw new Error(
        `${where}; wait for it to end, or, if it has ended, remove that file (rm ${lock})`,
      );
    }
    const busy = [other, other?.npm].find((it) => it !== undefined && runs(it));
    if (busy === undefined) {
      if (seen !== undefined) removeStale(seen);
      continue;
    }
    if (!told) say(`Waiting for process ${busy.pid}, which installs the dependencies`);
    told = true;
    await pause();
  }
}

function npmCi() {
  return new Promise((resolve) => {
    // Neither the package itself is built nor one of Pulumi's plug-ins installed: nothing here needs that.
    const options = ["--ignore-scripts", "--loglevel=error", "--no-fund", "--no-audit"];
    const npm = spawn("npm", ["ci", ...options], {
      cwd: checkout,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    npm.on("error", (error) => resolve(error.message));
    npm.on("close", (status, signal) =>
      resolve(status === 0 ? undefined : `npm ci ended with ${signal ?? `status ${status}`}`),
    );
    if (npm.pid !== undefined) {
      const start = startOf(npm.pid);
      writeAtomically(lock, JSON.stringify({ ...me, npm: { pid: npm.pid, start } }));
    }
  });
}

async function install() {
  if (isInstalled()) return;
  await alone();
  try {
    if (isInstalled()) return; // the other start has done it
    say(
      `Installing the dependencies with npm ci (about a minute the first time, 1 GB of disk)${afterwards}`,
    );
    const problem = await npmCi();
    if (problem !== undefined) throw new Error(`${problem}; see its messages above`);
    writeAtomically(stamp, wanted);
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

install().catch((error) => {
  const full = error.code === "ENOSPC" ? `; the disk of ${checkout} is full, free some space` : "";
  say(`Cannot install the dependencies: ${error.message}${full}`);
  process.exitCode = 1;
});
