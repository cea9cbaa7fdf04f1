#!/usr/bin/env node
import { runDoctor } from "./command-line.ts";

process.exitCode = await runDoctor(process.argv.slice(2));
