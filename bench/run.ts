import { measureConstruct } from "./measure-construct.ts";
import { measureDrain } from "./measure-drain.ts";
import { measurePreviewGate } from "./measure-preview-gate.ts";
import { measureScale } from "./measure-scale.ts";
import { measureStartFromReleases } from "./measure-start-from-releases.ts";
import { measureUp } from "./measure-up.ts";
import { measureUpAgainst } from "./measure-up-against.ts";
import { measureWhere } from "./measure-where.ts";

const benchmarks: Readonly<Record<string, (...operands: string[]) => Promise<void>>> = {
  up: measureUp,
  "up-against": measureUpAgainst,
  construct: measureConstruct,
  drain: measureDrain,
  "preview-gate": measurePreviewGate,
  scale: measureScale,
  where: measureWhere,
  "start-from-releases": measureStartFromReleases,
};

const [, , name = "up", ...operands] = process.argv;
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark === undefined) {
  throw new Error(`There is no benchmark "${name}", only ${Object.keys(benchmarks).join(", ")}`);
}
await benchmark(...operands);
