import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Report, StackReport } from "../../preview/report.ts";
import { Verdict } from "../../preview/report.ts";
import { UserError } from "../errors.ts";
import { checkout } from "../paths.ts";

/** Reports of 2,000 resources have less than 2 MB. */
const MOST_BYTES = 10_000_000;
const MOST_FILES = 50;

const VERDICTS_BY_RANK = [Verdict.Unjudged, Verdict.Blocked, Verdict.Pass] as const;

/**
 * Reads every report in a folder and makes one of them. The job that wrote them may have run anybody's code, so nothing
 * but a report in the published schema is taken.
 *
 * @throws UserError with the file that is not a report, and without its content
 */
export function readReports(folder: string): Report {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".json")).sort();
  if (files.length > MOST_FILES) {
    throw new UserError(`${folder} has ${files.length} reports, at most ${MOST_FILES} are read`);
  }
  const validate = new Ajv2020().compile<Report>(reportSchema());
  const stacks = files.flatMap((name): readonly StackReport[] => {
    const report = readJson(join(folder, name));
    if (validate(report)) return report.stacks;
    throw new UserError(`${join(folder, name)} is not a report of pulumi-preview-gate`);
  });
  return { schemaVersion: 1, verdict: worstOf(stacks), stacks };
}

/** No stack at all is not a pass. */
function worstOf(stacks: readonly StackReport[]): Verdict {
  const found = VERDICTS_BY_RANK.find((rank) => stacks.some(({ verdict }) => verdict === rank));
  return found ?? Verdict.Unjudged;
}

function readJson(path: string): unknown {
  const stat = lstatSync(path);
  if (!stat.isFile() || stat.size > MOST_BYTES) {
    throw new UserError(`${path} must be a file of at most ${MOST_BYTES} bytes`);
  }
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new UserError(`${path} is not JSON`);
  }
}

const reportSchema = (): object =>
  JSON.parse(readFileSync(join(checkout, "preview/report.schema.json"), "utf8"));
