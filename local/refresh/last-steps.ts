import { relative } from "node:path";
import { repositoryPins } from "../toolchain/releases/pins.ts";
import { ChildFailedError } from "../toolchain/run-child.ts";
import { linksToOthers } from "./edits.ts";
import type { RefreshPlace } from "./engine-steps.ts";
import type { EngineVersions } from "./plan.ts";
import type { Step } from "./step.ts";

/** Every release of every platform, and a slow line. */
const PINS_SECONDS = 6 * 3600;
const LOOK_SECONDS = 60;

/**
 * Pins the official releases, where their publishers can be reached.
 *
 * @param outOfReach - says why they cannot, or nothing where they can
 */
export function releasePins(
  { report, root, run }: RefreshPlace,
  outOfReach: () => Promise<string | undefined>,
): Step {
  const file = relative(root, repositoryPins);
  return {
    name: "the pins of the official releases",
    files: [file],
    cure: "npm run pins does this step alone",
    run: async () => {
      const obstacle = await outOfReach();
      if (obstacle !== undefined) return `${file} stays as it is: ${obstacle}`;
      const pins = { command: process.execPath, args: ["local/main.ts", "pins"], cwd: root };
      const answer = await run({ ...pins, limitSeconds: PINS_SECONDS, onErrorLine: report });
      return `${file}: ${answer.split("\n").at(-1)}`;
    },
  };
}

/** Finds what nobody but a reader can refresh: links to the sources of the engine before. */
export function linksToSources({ engine }: EngineVersions, { root, run }: RefreshPlace): Step {
  const args = ["grep", "-nI", "-e", "github.com/pulumi/pulumi/[bt]"];
  return {
    name: "the links to Pulumi's sources",
    files: [],
    cure: "see to it that this is a checkout of git",
    run: async () => {
      const found = await run({
        command: "git",
        args,
        cwd: root,
        limitSeconds: LOOK_SECONDS,
      }).catch((error) => {
        if (error instanceof ChildFailedError && error.tail.length === 0) return ""; // none at all
        throw error;
      });
      const places = linksToOthers(found.split("\n"), engine);
      return places.length === 0
        ? `Every link to Pulumi's sources is to those of ${engine}`
        : `These links are to sources of another version than ${engine}; read there whether what is said still holds, and move them: ${places.join(", ")}`;
    },
  };
}
