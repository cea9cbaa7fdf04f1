import * as pulumi from "@pulumi/pulumi";
import { configSecrets } from "./secrets/config-secrets.ts";
import { withoutSecrets } from "./secrets/without-secrets.ts";

/** One problem with the arguments of a component. */
export interface Problem {
  /** Where the value was given, for example `args.ports[0].port`. */
  readonly path: string;
  /** What was received and what is expected instead, for example `is 0, must be an integer from 1 to 65535`. */
  readonly message: string;
  /**
   * The same place as a Pulumi property path, for example `ports[0].port`. Absent if the value must not be shown,
   * because Pulumi shows the value at that path.
   */
  readonly propertyPath?: string;
}

/** The component that rejects its arguments. */
export interface Subject {
  /** The component's class name, for example `Backend`. */
  readonly type: string;
  /** The component's resource name. */
  readonly name: string;
  /** The component itself, so that the engine shows the error beside it. */
  readonly resource?: pulumi.Resource;
}

/**
 * The error for invalid arguments of a component. It has every problem at once, no stack trace and no secret from the
 * configuration.
 *
 * Invalid plain values are rejected in the constructor. An invalid Output or Promise is rejected when it resolves, and
 * reaches no Kubernetes object.
 *
 * The host of a component plugin sees an `InputPropertiesError`, so that programs in other languages get every problem
 * with its property.
 */
export class InvalidArgsError extends pulumi.ResourceError {
  /** Every problem found, in the order of the arguments. */
  readonly problems: readonly Problem[];
  /** The problems as the host of a component plugin reads them. */
  readonly errors: readonly pulumi.InputPropertyErrorDetails[];
  /** The mark by which the host recognizes an `InputPropertiesError` from any copy of Pulumi's SDK. */
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
    // Pulumi prepends every property that it was serializing to the message of an Output's error; the path already
    // names the place.
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
