import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { getOneMessage, sendMessage } from "execa";
import { everyField, fewFields, ofNumber } from "./every-field.ts";

/** How many Backends one program has. */
const BACKENDS = 10;

/** What rendering took: of the clock, and of the processor. */
export interface Taken {
  readonly wall: number;
  readonly processor: number;
}

/** What is rendered next: so many programs. */
interface Order {
  readonly programs: number;
}

// Renders programs with the components and the renderer of a checkout, as often as its parent says, and answers what a Backend takes.
const [, , folder = "", which] = process.argv;
const load = (path: string) => import(pathToFileURL(join(folder, path)).href);
const { Backend }: typeof import("../../components/index.ts") = await load("components/index.ts");
const { renderManifests }: typeof import("../../testing/index.ts") = await load("testing/index.ts");

function backends(): void {
  for (let number = 0; number < BACKENDS; number += 1) {
    const args = which === "every" ? { ...everyField, ...ofNumber(number) } : fewFields;
    new Backend(`web-${number}`, args);
  }
}

/** The milliseconds that each Backend takes. */
async function render(programs: number): Promise<Taken> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  for (let program = 0; program < programs; program += 1) {
    await renderManifests(backends, { project: "bench", stack: "dev" });
  }
  const wall = performance.now() - start;
  const { system, user } = process.cpuUsage(used);
  const count = programs * BACKENDS;
  return { wall: wall / count, processor: (user + system) / 1000 / count };
}

for (;;) {
  const { programs } = (await getOneMessage()) as unknown as Order;
  if (programs === 0) break;
  await sendMessage({ ...(await render(programs)) });
}
