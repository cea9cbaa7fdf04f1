import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError, type Problem, type Subject } from "./errors.ts";
import { configSecrets } from "./secrets/config-secrets.ts";
import { revealing } from "./secrets/revealing.ts";

/** Returns what a value must be, `must be …`, or undefined if it is valid. Accepts any value and never throws. */
export type Rule = (value: unknown) => string | undefined;

/** A value that breaks a rule. */
export interface Finding {
  /** The path at which the value was given. */
  readonly path: string;
  /** The received value. */
  readonly value: unknown;
  /** What the value must be. */
  readonly must: string;
  /** What to show in its place if the value is secret, where it has another value of the same argument. */
  readonly hiddenMust?: string;
  /** Whether the value is never shown, because it may be a password. */
  readonly confidential?: boolean;
  /** The path to show if the value is secret, because names in the path may be secret too. */
  readonly hiddenPath?: string;
}

const MUST_BE_PLAIN =
  "must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn";

/** Whether a value is deferred: an Output or a Promise. */
export function isDeferred(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * Collects the problems in a component's arguments while they are read.
 *
 * Plain values are checked immediately, and `done` throws all their problems together. A deferred value is checked when
 * it resolves, by a gate on that value alone: one gate over all values would make the whole spec unknown in a preview.
 */
export class Checks {
  readonly #subject: Subject;
  readonly #problems: Problem[] = [];
  /** Paths at which an object or a list was expected but not given. Problems below them are not reported again. */
  readonly #unreadable: string[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** Reports a problem with a value. */
  report(path: string, value: unknown, must: string): void {
    this.#add([{ path, value, must }], false);
  }

  /** Reads a value that decides what is created, and must therefore be known in the constructor. */
  plain<T>(path: string, value: T, rule: Rule): T {
    const must = isDeferred(value) ? MUST_BE_PLAIN : rule(value);
    if (must !== undefined) {
      this.report(path, value, must);
    }
    return value;
  }

  /** Reads a value that flows into a spec and may be deferred. */
  input<T>(path: string, value: pulumi.Input<T>, rule: Rule): pulumi.Input<T> {
    return this.gate(value, (known) => judge(path, known, rule));
  }

  /** Reads a value that is never shown, because it may contain a password. */
  confidential<T>(path: string, value: pulumi.Input<T>, rule: Rule): pulumi.Input<T> {
    return this.gate(value, (known) => judge(path, known, rule), true);
  }

  /** Checks a value, immediately or when it resolves. */
  gate<T>(
    value: pulumi.Input<T>,
    findingsOf: (value: unknown) => readonly Finding[],
    confidential = false,
  ): pulumi.Input<T> {
    if (!isDeferred(value)) {
      this.#add(findingsOf(value), confidential);
      return value;
    }
    const deferred = pulumi.output(value) as pulumi.Output<T>;
    return deferred.apply(async (known) => {
      const findings = findingsOf(known);
      if (findings.length === 0) {
        return known;
      }
      const secret = confidential || (await pulumi.isSecret(deferred));
      const problems = findings.map((finding) => toProblem(finding, secret));
      throw new InvalidArgsError(this.#subject, problems);
    }) as pulumi.Output<T>;
  }

  /** Reads a value that is checked together with others: it is deferred if any of them is. */
  together<T>(
    value: pulumi.Input<T>,
    others: readonly unknown[],
    findingsOf: (value: unknown, others: readonly unknown[]) => readonly Finding[],
  ): pulumi.Input<T> {
    const all: readonly unknown[] = [value, ...others];
    if (!all.some(isDeferred)) {
      this.#add(findingsOf(value, others), false);
      return value;
    }
    const judged = this.gate<readonly unknown[]>(pulumi.all([...all]), (known) => {
      const [own, ...rest] = known as readonly unknown[];
      return findingsOf(own, rest);
    });
    return (judged as pulumi.Output<readonly unknown[]>).apply(([own]) => own as T);
  }

  /** Reads an object. Anything else, and what breaks the rule, is reported and read as an object without fields. */
  object<T extends object>(path: string, value: T, rule: Rule = () => undefined): T {
    const isObject = isRecord(value) && !isDeferred(value);
    const must = isObject ? rule(value) : isDeferred(value) ? MUST_BE_PLAIN : "must be an object";
    if (must === undefined) {
      return value;
    }
    this.report(path, value, must);
    this.#unreadable.push(path);
    return {} as T;
  }

  /** Reads a list. Anything else, and a list with fewer items than `minimum`, is reported and read as an empty list. */
  list<T>(path: string, value: readonly T[], minimum: 0 | 1, item: string): readonly T[] {
    if (Array.isArray(value) && value.length >= minimum) {
      // Holes in a list become undefined items, which are checked.
      return [...value];
    }
    const must = `must be a list of ${minimum === 0 ? "" : "at least one "}${item}`;
    this.report(path, value, isDeferred(value) ? MUST_BE_PLAIN : must);
    this.#unreadable.push(path);
    return [];
  }

  /** Whether an object or a list was expected at a path, and something else was given. */
  isUnreadable(path: string): boolean {
    return this.#unreadable.includes(path);
  }

  /** Whether any problem was found so far. */
  get failed(): boolean {
    return this.#problems.length > 0;
  }

  /** Throws all problems, if there are any. */
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

/** Applies one rule to one value. */
export function judge(path: string, value: unknown, rule: Rule): readonly Finding[] {
  const must = rule(value);
  return must === undefined ? [] : [{ path, value, must }];
}

/** Whether a value is an object with fields: not a list and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toProblem(finding: Finding, marked: boolean): Problem {
  const { confidential = false, hiddenMust, hiddenPath, path: stated, value } = finding;
  const secret = marked || confidential || isOfConfig(value);
  const path = marked ? (hiddenPath ?? stated) : stated;
  const must = secret ? (hiddenMust ?? finding.must) : finding.must;
  const message = `is ${secret ? "refused" : show(value)}, ${must}`;
  // The contents of an object or a list may be secret too, and are not shown either.
  const shown = !secret && (typeof value !== "object" || value === null);
  return { path, message, ...(shown ? { propertyPath: path.replace(/^args\./, "") } : {}) };
}

/** Whether a value reveals a secret of the configuration, which a program may read as plain text. */
function isOfConfig(value: unknown): boolean {
  return (
    (typeof value === "string" || typeof value === "number") &&
    revealing(configSecrets())(String(value))
  );
}

/** The longest part of a received string that an error repeats, so that the rule stays visible. */
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
