import * as pulumi from "@pulumi/pulumi";
import { configSecrets } from "./secrets/config-secrets.ts";
import { withoutSecrets } from "./secrets/without-secrets.ts";

/** One thing that is wrong with the arguments of a component. */
export interface Problem {
  /** Where the value was given, for example `args.ports[0].port`. */
  readonly path: string;
  /** What was received and what is expected instead, for example `is 0, must be an integer from 1 to 65535`. */
  readonly message: string;
  /**
   * The same place as Pulumi has it, for example `ports[0].port`. Absent where the value may not be shown: Pulumi shows the
   * value it finds there.
   */
  readonly propertyPath?: string;
}

/** The component that refuses its arguments. */
export interface Subject {
  /** The component's class name, for example `Backend`. */
  readonly type: string;
  /** The component's resource name. */
  readonly name: string;
  /** The component itself, so that the engine shows the error beside it. */
  readonly resource?: pulumi.Resource;
}

/**
 * Arguments that no component can be made of: every problem in them at once, without a stack trace and without what is
 * secret of the configuration.
 *
 * Values known when the component is constructed are refused there. A value that arrives later, as an
 * Output or a Promise, is refused when it arrives, and then reaches no Kubernetes object.
 *
 * To the host of a component plugin it is an `InputPropertiesError`, so that programs in other languages are told of every
 * problem by its property.
 */
export class InvalidArgsError extends pulumi.ResourceError {
  /** Every problem found, in the order of the arguments. */
  readonly problems: readonly Problem[];
  /** The problems as the host of a component plugin reads them. */
  readonly errors: readonly pulumi.InputPropertyErrorDetails[];
  /** What the host tells an `InputPropertiesError` by, of whichever copy of Pulumi's SDK. */
  readonly __pulumiInputPropertiesError = true;

  constructor(subject: Subject, found: readonly Problem[]) {
    const secrets = configSecrets();
    const problems = found.map((problem) => withoutConfigSecrets(problem, secrets));
    const text = withoutSecrets(describeProblems(subject, problems), secrets);
    super(text, subject.resource, true);
    this.name = "InvalidArgsError";
    this.problems = problems;
    this.errors = problems.map(({ message, path, propertyPath = path }) => ({
      propertyPath,
      reason: message,
    }));
    // Pulumi prepends every property it was serializing to the message of an Output's error; the path says where already.
    Object.defineProperty(this, "message", { get: () => text, set: () => undefined });
  }
}

function withoutConfigSecrets(problem: Problem, secrets: readonly string[]): Problem {
  const path = withoutSecrets(problem.path, secrets);
  const message = withoutSecrets(problem.message, secrets);
  const same = path === problem.path && message === problem.message;
  return same ? problem : { path, message };
}

function describeProblems(subject: Subject, problems: readonly Problem[]): string {
  const refused = `Cannot create ${subject.type} "${subject.name}"`;
  const lines = problems.map(({ path, message }) => `${path} ${message}`);
  if (lines.length === 1) {
    return `${refused}: ${lines[0]}`;
  }
  return [`${refused}, ${lines.length} problems:`, ...lines.map((line) => `  ${line}`)].join("\n");
}
