import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { PreviewRequest } from "../collect/collect.ts";
import { isProperties } from "../engine/values.ts";
import { messageOf, UsageError } from "../errors.ts";
import { findingRules, POLICY_ADVICE, POLICY_VIOLATION } from "../findings/find.ts";
import type { Waiver } from "../findings/waivers.ts";
import type { GateOptions } from "../options.ts";
import { FORMATS, type Format } from "../render/formats.ts";
import { Severity } from "../report.ts";

/** What `check` and `up` are told, as the command line has it. */
export interface CommandLine extends JudgingLine {
  readonly stack: readonly string[];
  readonly cwd: string;
  readonly policyPack?: readonly string[];
  readonly context?: readonly string[];
  readonly configFile?: string;
  readonly refresh?: boolean;
  readonly timeout: string;
  readonly pulumi: string;
  readonly show?: boolean;
  readonly approved?: string;
  readonly record?: string;
}

/** What decides a verdict and where it goes, as the command line has it. */
export interface JudgingLine {
  readonly cwd?: string;
  readonly clusterUid?: string;
  readonly requirePolicy?: readonly string[];
  readonly dryRun: "optional" | "required";
  readonly expectNoChanges?: boolean;
  readonly failOn: Severity;
  readonly severity?: readonly string[];
  readonly waivers?: string;
  readonly format: Format;
  readonly out?: readonly string[];
  readonly detailedExitcode?: boolean;
}

const WAIVERS_FILE = "preview-waivers.yaml";

/** How strictly previews are judged. */
export function gateOptions(line: JudgingLine): GateOptions {
  return {
    ...(line.clusterUid === undefined ? {} : { clusterUid: line.clusterUid }),
    requiredPolicyPacks: line.requirePolicy ?? [],
    requireDryRun: line.dryRun === "required",
    expectNoChanges: line.expectNoChanges ?? false,
    failOn: line.failOn,
    severities: Object.fromEntries((line.severity ?? []).map(severityOf)),
    waivers: readWaivers(line),
  };
}

/** What is previewed, once for each stack. */
export function previewRequests(line: CommandLine): readonly PreviewRequest[] {
  const timeoutSeconds = Number(line.timeout);
  if (!(Number.isInteger(timeoutSeconds) && timeoutSeconds > 0)) {
    throw new UsageError(`--timeout is ${line.timeout}, must be a whole number of seconds from 1`);
  }
  if (line.configFile !== undefined && line.stack.length > 1) {
    throw new UsageError("--config-file is the file of one stack; give one --stack with it");
  }
  const cwd = resolve(line.cwd);
  const files = [line.approved, line.record, ...outputs(line).map(({ path }) => path)];
  const reports = files.filter((path) => path !== undefined).map((path) => resolve(path));
  return [...new Set(line.stack)].map((stack) => ({
    stack,
    cwd,
    pulumi: line.pulumi,
    timeoutSeconds,
    policyPacks: (line.policyPack ?? []).map((path) => resolve(path)),
    contexts: Object.fromEntries((line.context ?? []).map(contextOf)),
    args: line.refresh ? ["--refresh"] : [],
    reports,
    ...(line.configFile === undefined ? {} : { configFile: resolve(line.configFile) }),
    show: line.show ?? false,
  }));
}

/** Where reports go beside stdout, as `format=path`. */
export function outputs(
  line: JudgingLine,
): readonly { readonly format: Format; readonly path: string }[] {
  return (line.out ?? []).map((text) => {
    const [format = "", ...path] = text.split("=");
    const known = FORMATS.find((it) => it === format);
    if (known === undefined || path.join("=") === "") {
      throw new UsageError(
        `--out is ${text}, must be FORMAT=PATH, where FORMAT is one of ${FORMATS.join(", ")}`,
      );
    }
    return { format: known, path: path.join("=") };
  });
}

/** `CONTEXT` for every provider that hides how it reaches its cluster, or `PROVIDER=CONTEXT` for one. */
function contextOf(text: string): readonly [string, string] {
  const index = text.indexOf("=");
  return index < 0 ? ["", text] : [text.slice(0, index), text.slice(index + 1)];
}

function severityOf(text: string): readonly [string, Severity] {
  const [rule = "", word] = text.split("=");
  const severity = Object.values(Severity).find((it) => it === word);
  const rules = findingRules.map(({ id }) => id);
  if (severity === undefined || !rules.includes(rule)) {
    throw new UsageError(
      `--severity is ${text}, must be RULE=SEVERITY, where SEVERITY is one of ${Object.values(Severity).join(", ")} and RULE one of ${rules.join(", ")}`,
    );
  }
  return [rule, severity];
}

function readWaivers({ cwd = ".", waivers }: JudgingLine): readonly Waiver[] {
  const path = waivers ?? join(cwd, WAIVERS_FILE);
  if (waivers === undefined && !existsSync(path)) return [];
  try {
    return parseWaivers(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`Cannot read the waivers in ${path}: ${messageOf(error)}`);
  }
}

/**
 * Reads a file of waivers: YAML with a list `waivers`.
 *
 * @throws UsageError with the first waiver that is not complete
 */
export function parseWaivers(text: string): readonly Waiver[] {
  const file: unknown = parse(text);
  const list = isProperties(file) ? file["waivers"] : undefined;
  if (!Array.isArray(list)) throw new UsageError("it must have a list named waivers");
  const known = [...findingRules.map(({ id }) => id), POLICY_VIOLATION, POLICY_ADVICE];
  return list.map((waiver: unknown, index) => {
    const { because, rule, until, urn } = isProperties(waiver) ? waiver : {};
    const problem = problemOf({ because, rule, until, urn }, known);
    if (problem !== undefined) throw new UsageError(`waivers[${index}]${problem}`);
    return { because, rule, until, urn } as Waiver;
  });
}

function problemOf(
  waiver: Readonly<Record<string, unknown>>,
  rules: readonly string[],
): string | undefined {
  const missing = Object.entries(waiver).find(
    ([, value]) => typeof value !== "string" || value.trim() === "",
  );
  if (missing !== undefined) return `.${missing[0]} must be a non-empty string`;
  const { rule, until } = waiver as unknown as Waiver;
  if (!rules.includes(rule)) return `.rule is ${rule}, must be one of ${rules.join(", ")}`;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(until));
  return isDay ? undefined : `.until is ${until}, must be a day such as 2026-12-31`;
}
