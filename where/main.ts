#!/usr/bin/env node
import { outliveReaders } from "../preview/closed-output.ts";
import { runCommandLine } from "./commands/command-line.ts";

outliveReaders();
process.exitCode = await runCommandLine(process.argv.slice(2));
