/** A label selector of Kubernetes. */
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
 * Whether labels match a selector. Every set of labels matches the empty selector.
 *
 * @see
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function matchesSelector(labels: Labels, selector: LabelSelector): boolean {
  const { matchExpressions = [], matchLabels = {} } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((expression) => holds(labels[expression.key], expression))
  );
}

/** A missing label is in no list, so `NotIn` holds. */
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
