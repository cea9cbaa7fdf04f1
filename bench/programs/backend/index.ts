// The number of Backends that a benchmark has chosen.
import { backends } from "../../backends.ts";

backends(JSON.parse(process.env["BENCH_BACKENDS"] ?? ""));
