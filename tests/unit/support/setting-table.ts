import type { Field } from "./interfaces.ts";

const MARKS = /(?<=<!-- settings: written[^\n]*-->\n)[\s\S]*(?=<!-- settings: end -->)/;

/** A page with a table of the settings between its marks. */
export function withSettings(page: string, settings: readonly Field[]): string {
  if (!MARKS.test(page)) throw new Error("The page has no marks for the table of settings");
  const rows = settings.map(
    ({ absent = "required", name, summary, type }) =>
      `| \`${name}\` | ${typeText(type)} | ${defaultText(absent)} | ${summary} |`,
  );
  const table = ["| setting | type | default | meaning |", "|---|---|---|---|", ...rows];
  return page.replace(MARKS, () => `\n${table.join("\n")}\n\n`);
}

const typeText = (type: string): string =>
  type.replace(" | undefined", "").replace(/^(\w+)\[\]$/, "list of $1s");

/** A value is shown as code, words are not. */
function defaultText(absent: string): string {
  if (absent === "required") return absent;
  return absent.startsWith("- ") ? absent.slice(2) : `\`${absent.replaceAll('"', "")}\``;
}
