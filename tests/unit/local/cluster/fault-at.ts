// Run by faults.test.ts: makes the files of a cluster in a folder, with a fault at its n-th call that changes the disk.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { localPaths } from "../../../../local/paths.ts";

const [, , folder = "", fault, at] = process.argv;
const calls = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
const disk = ["mkdirSync", "openSync", "writeFileSync", "fsyncSync", "renameSync"];
const needsRoom = new Set(["mkdirSync", "openSync", "writeFileSync"]);
let count = 0;

for (const name of disk) {
  const original = calls[name];
  calls[name] = (...args) => {
    if (name === "openSync" && args[1] === "r") return original?.(...args);
    count += 1;
    const strikes =
      fault === "full" ? count >= Number(at) && needsRoom.has(name) : count === Number(at);
    if (strikes && fault !== "none") {
      if (name === "writeFileSync") original?.(args[0], (args[1] as Buffer).subarray(0, 10));
      if (fault === "kill") process.kill(process.pid, "SIGKILL");
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    }
    return original?.(...args);
  };
}
// The control: what wrote the files before, straight into their places.
if (process.argv[5] === "plain") {
  const rename = calls["renameSync"];
  const open = calls["openSync"];
  calls["openSync"] = (path, flags, mode) =>
    flags === "wx"
      ? open?.(String(path).replace(/\/\.([^/]+)\.\d+-\w*-\d+\.part$/, "/$1"), "w", mode)
      : open?.(path, flags, mode);
  calls["renameSync"] = (...args) =>
    fs.existsSync(String(args[0])) ? rename?.(...args) : undefined;
}
syncBuiltinESMExports();

const { makeClusterFiles } = await import("./cluster-files.ts");
await makeClusterFiles(localPaths(folder)).then(
  () => process.stdout.write(`${count}\n`),
  (error: Error) => process.stdout.write(`${error.message}\n`),
);
