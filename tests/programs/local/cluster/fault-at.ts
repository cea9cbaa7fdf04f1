// Run by faults.test.ts: makes the files of a cluster in a folder, with a fault at its n-th call that changes the disk. A full
// disk does not end the process: it may be full from several calls on, for each of which there is a folder in the folder.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { localPaths } from "../../../../local/paths.ts";

const [, , folder = "", fault, points = "", writes] = process.argv;
const calls = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
const disk = ["mkdirSync", "openSync", "writeFileSync", "fsyncSync", "renameSync"];
const needsRoom = new Set(["mkdirSync", "openSync", "writeFileSync"]);
let count = 0;
let at = 0;

// The control: what wrote the files before, straight into their places.
if (writes === "plain") {
  const rename = calls["renameSync"];
  const open = calls["openSync"];
  calls["openSync"] = (path, flags, mode) =>
    flags === "wx"
      ? open?.(String(path).replace(/\/\.([^/]+)\.\d+-\w*-\d+\.part$/, "/$1"), "w", mode)
      : open?.(path, flags, mode);
  calls["renameSync"] = (...args) =>
    fs.existsSync(String(args[0])) ? rename?.(...args) : undefined;
}
for (const name of disk) {
  const original = calls[name];
  calls[name] = (...args) => {
    if (name === "openSync" && args[1] === "r") return original?.(...args);
    count += 1;
    const strikes = fault === "full" ? count >= at && needsRoom.has(name) : count === at;
    if (strikes && fault !== "none") {
      if (name === "writeFileSync") original?.(args[0], (args[1] as Buffer).subarray(0, 10));
      if (fault === "kill") process.kill(process.pid, "SIGKILL");
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    }
    return original?.(...args);
  };
}
syncBuiltinESMExports();

const { makeClusterFiles } = await import("../../../unit/local/cluster/cluster-files.ts");
for (const point of points.split(",")) {
  count = 0;
  at = Number(point);
  await makeClusterFiles(localPaths(fault === "full" ? join(folder, point) : folder)).then(
    () => process.stdout.write(`${count}\n`),
    (error: Error) => process.stdout.write(`${error.message}\n`),
  );
}
