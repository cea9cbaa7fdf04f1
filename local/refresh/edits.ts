import { UserError } from "../errors.ts";

/** The text of versions.ts with another version under a key. */
export function withVersion(text: string, key: string, version: string): string {
  const line = new RegExp(`^( {2}${key}: )"[^"]*",$`, "gm");
  const found = text.match(line)?.length ?? 0;
  if (found !== 1) {
    throw new UserError(`versions.ts has ${found} lines of the form ${key}: "…", must have one`);
  }
  return text.replace(line, `$1"${version}",`);
}

/** Whether a go.mod requires these modules in this version. */
export function requires(goMod: string, modules: readonly string[], version: string): boolean {
  const words = new Set(goMod.split("\n").map((line) => line.trim().split(" // ")[0]));
  return modules.every((module) => words.has(`${module} v${version}`));
}

/** The addresses in a package-lock.json from which packages were got: every user has a registry of their own. */
export function addressesIn(lock: string): readonly string[] {
  return [...lock.matchAll(/"resolved": "(\w+:\/\/[^"]*)"/g)].map(([, address]) => address ?? "");
}

/** Links to Pulumi's sources of another version than this, out of lines of the form `file:line:text`. */
export function linksToOthers(lines: readonly string[], version: string): readonly string[] {
  return lines.flatMap((line) => {
    const [, place, text = ""] = /^([^:]+:\d+):(.*)$/.exec(line) ?? [];
    const tags = [...text.matchAll(/github\.com\/pulumi\/pulumi\/(?:blob|tree)\/v([\d.]+)/g)];
    return place !== undefined && tags.some(([, tag]) => tag !== version) ? [place] : [];
  });
}
