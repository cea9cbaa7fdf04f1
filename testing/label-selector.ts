/** A condition on labels, as Kubernetes writes it. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelExpression[];
}

interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Labels by key. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Whether labels fulfil a condition. The empty one is fulfilled by all.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function fulfils(labels: Labels, selector: LabelSelector): boolean {
  const { matchExpressions = [], matchLabels = {} } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((expression) => holds(labels[expression.key], expression))
  );
}

/** A label that is missing is in no list, and so is not in any list. */
function holds(label: string | undefined, { operator, values = [] }: LabelExpression): boolean {
  const listed = label !== undefined && values.includes(label);
  const answers: Readonly<Record<string, boolean>> = {
    In: listed,
    NotIn: !listed,
    Exists: label !== undefined,
    DoesNotExist: label === undefined,
  };
  const answer = answers[operator];
  if (answer === undefined) {
    throw new TypeError(
      `A selector has the operator "${operator}", which Kubernetes does not know`,
    );
  }
  return answer;
}
