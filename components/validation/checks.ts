import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError, type Problem, type Subject } from "./errors.ts";
import { configSecrets } from "./secrets/config-secrets.ts";
import { revealing } from "./secrets/revealing.ts";

/** Says what a value must be, `must be …`, or nothing when it is right. Takes any value and never throws. */
export type Rule = (value: unknown) => string | undefined;

/** A value that breaks a rule. */
export interface Finding {
  /** Where the value was given. */
  readonly path: string;
  /** What was received. */
  readonly value: unknown;
  /** What it must be instead. */
  readonly must: string;
  /** The place as it is shown where the value is secret: names on the way to it may be secret, too. */
  readonly hiddenPath?: string;
}

const MUST_BE_PLAIN = "must be a plain value, it decides what is created and under which name";

/** Whether a value is known only later: an Output or a Promise. */
export function isLate(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * Collects what is wrong with a component's arguments while they are read.
 *
 * Plain values are judged at once and thrown together by `done`; a late value is judged when it arrives, by a gate
 * on that value alone: one gate over everything would make the whole spec unknown in a preview.
 */
export class Checks {
  readonly #subject: Subject;
  readonly #problems: Problem[] = [];
  /** Where an object or a list was expected and something else came: what is missing below it is no news. */
  readonly #unreadable: string[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** Adds a problem with a value that was received. */
  report(path: string, value: unknown, must: string): void {
    this.#add([{ path, value, must }], false);
  }

  /** Reads a value that decides what is created, and so has to be known in the constructor. */
  plain<T>(path: string, value: T, rule: Rule): T {
    const must = isLate(value) ? MUST_BE_PLAIN : rule(value);
    if (must !== undefined) {
      this.report(path, value, must);
    }
    return value;
  }

  /** Reads a value that flows into a spec, now or later. */
  input<T>(path: string, value: pulumi.Input<T>, rule: Rule): pulumi.Input<T> {
    return this.gate(value, (known) => judge(path, known, rule));
  }

  /** Reads a value whose text is never shown, because it may hold a password. */
  confidential<T>(path: string, value: pulumi.Input<T>, rule: Rule): pulumi.Input<T> {
    return this.gate(value, (known) => judge(path, known, rule), true);
  }

  /** Judges a value by any number of findings, now or when it arrives. */
  gate<T>(
    value: pulumi.Input<T>,
    findingsOf: (value: unknown) => readonly Finding[],
    confidential = false,
  ): pulumi.Input<T> {
    if (!isLate(value)) {
      this.#add(findingsOf(value), confidential);
      return value;
    }
    const late = pulumi.output(value) as pulumi.Output<T>;
    return late.apply(async (known) => {
      const findings = findingsOf(known);
      if (findings.length === 0) {
        return known;
      }
      const secret = confidential || (await pulumi.isSecret(late));
      const problems = findings.map((finding) => toProblem(finding, secret));
      throw new InvalidArgsError(this.#subject, problems);
    }) as pulumi.Output<T>;
  }

  /** Reads an object; anything else is a problem and reads as an object without fields. */
  object<T extends object>(path: string, value: T): T {
    if (isRecord(value) && !isLate(value)) {
      return value;
    }
    this.report(path, value, isLate(value) ? MUST_BE_PLAIN : "must be an object");
    this.#unreadable.push(path);
    return {} as T;
  }

  /** Reads a list; anything else, and fewer items than `minimum`, is a problem and reads as an empty list. */
  list<T>(path: string, value: readonly T[], minimum: 0 | 1, item: string): readonly T[] {
    if (Array.isArray(value) && value.length >= minimum) {
      // A list with holes reads as one with items that are undefined, which are looked at.
      return [...value];
    }
    const must = `must be a list of ${minimum === 0 ? "" : "at least one "}${item}`;
    this.report(path, value, isLate(value) ? MUST_BE_PLAIN : must);
    this.#unreadable.push(path);
    return [];
  }

  /** Whether anything was found so far. */
  get failed(): boolean {
    return this.#problems.length > 0;
  }

  /** Throws everything that was found, if anything was. */
  done(): void {
    if (this.#problems.length > 0) {
      throw new InvalidArgsError(this.#subject, this.#problems);
    }
  }

  #add(findings: readonly Finding[], confidential: boolean): void {
    const news = findings.filter(
      ({ path }) =>
        !this.#unreadable.some(
          (above) => path.startsWith(`${above}.`) || path.startsWith(`${above}[`),
        ),
    );
    this.#problems.push(...news.map((finding) => toProblem(finding, confidential)));
  }
}

/** What one rule says about one value. */
export function judge(path: string, value: unknown, rule: Rule): readonly Finding[] {
  const must = rule(value);
  return must === undefined ? [] : [{ path, value, must }];
}

/** Whether a value has fields: an object, not a list and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toProblem({ hiddenPath, path: stated, value, must }: Finding, marked: boolean): Problem {
  const secret = marked || isOfConfig(value);
  const path = marked ? (hiddenPath ?? stated) : stated;
  const message = `is ${secret ? "refused" : show(value)}, ${must}`;
  // What is in an object or a list may be secret too, and is not shown either.
  const shown = !secret && (typeof value !== "object" || value === null);
  return { path, message, ...(shown ? { propertyPath: path.replace(/^args\./, "") } : {}) };
}

/** Whether it shows what is secret of the configuration, which a program may read as plain. */
function isOfConfig(value: unknown): boolean {
  return (
    (typeof value === "string" || typeof value === "number") &&
    revealing(configSecrets())(String(value))
  );
}

/** Longest piece of a received text that an error repeats, so that the rule stays in sight. */
const SHOWN_CHARACTERS = 80;

function show(value: unknown): string {
  if (typeof value === "string") {
    const text = JSON.stringify(value);
    return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
  }
  if (pulumi.Output.isInstance(value)) {
    return "an Output";
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : "a list";
  }
  if (typeof value === "object" && value !== null) {
    return value instanceof Promise ? "a Promise" : "an object";
  }
  return typeof value === "function" ? "a function" : String(value);
}
