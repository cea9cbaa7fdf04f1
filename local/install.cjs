// Installs the dependencies when they are missing or older than the lock file. It runs under whatever Node the machine has, before
// the dependencies bring the Node that everything else runs under; hence plain CommonJS and no dependency.
"use strict";
const { createHash } = require("node:crypto");
const { readFileSync, writeFileSync } = require("node:fs");
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const checkout = join(__dirname, "..");
const stamp = join(checkout, "node_modules", ".installed");

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const lock = read(join(checkout, "package-lock.json"));
const wanted = createHash("sha256")
  .update(`${lock}${process.platform}${process.arch}`)
  .digest("hex");
if (read(stamp) !== wanted) {
  process.stderr.write("Installing the dependencies with npm ci (about a minute the first time)\n");
  const npm = spawnSync("npm", ["ci", "--loglevel=error", "--no-fund", "--no-audit"], {
    cwd: checkout,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    const cause = npm.error ? npm.error.message : `npm ci ended with status ${npm.status}`;
    process.stderr.write(`Cannot install the dependencies: ${cause}; see its messages above\n`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
