import { once } from "node:events";
import { withFileLock } from "../../../../local/toolchain/file-lock.ts";

// Run by file-lock.test.ts: holds the lock named by its argument until its standard input ends.
const [, , path] = process.argv;
if (!path) throw new Error("usage: hold-lock.ts <lock file>");

await withFileLock(path, {}, async () => {
  process.stdout.write("held\n");
  process.stdin.resume();
  await once(process.stdin, "end");
});
