#!/usr/bin/env node
import { outliveReaders } from "../preview/closed-output.ts";
import { runDoctor } from "./command-line.ts";

outliveReaders();
process.exitCode = await runDoctor(process.argv.slice(2));
