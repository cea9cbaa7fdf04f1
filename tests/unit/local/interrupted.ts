// Run by terminal.test.ts: a command that runs another, and takes its time to end in good order when it is interrupted.
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { interruptSignal } from "../../../local/terminal.ts";

const signal = interruptSignal();
const child = execa("sleep", ["600"], { cancelSignal: signal, reject: false });
child.once("spawn", () => process.stdout.write("running\n"));
await child;
const [, , lastSeconds = "0"] = process.argv;
await pause(Number(lastSeconds) * 1000);
process.stdout.write("ended in good order\n");
process.exitCode = 130;
