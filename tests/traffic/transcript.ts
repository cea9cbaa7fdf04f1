import { stripVTControlCharacters } from "node:util";

/**
 * The lines of a step's output without what is another at every run: names and addresses of Pods, ports, numbers, the width of columns
 * and what this machine answers where no Pod does.
 */
export function shapeOf(output: string): string[] {
  return stripVTControlCharacters(output)
    .replaceAll(/(my-backend|my-frontend)-[a-z0-9]+-[a-z0-9]{5}\b/g, "$1-POD")
    .replaceAll(/-POD(, my-frontend-POD)+/g, "-POD") // those that drain may be among them
    .replaceAll(/[a-z0-9-]+\.elb\./g, "NAME.elb.")
    .replaceAll(/no Pod answered \([^)]*\)/g, "no Pod answered")
    .replaceAll(/\d+(\.\d+)*/g, "N")
    .replaceAll(/ +/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What a page shows of a step: its block, from the heading on. */
export function shownOf(blocks: readonly { info: string; text: string }[], number: string) {
  return blocks.find(({ info, text }) => info === "console" && text.startsWith(`${number}  `))
    ?.text;
}
