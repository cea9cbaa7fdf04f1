type Labels = Readonly<Record<string, string>>;

interface LabelSelector {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?:
    | readonly {
        readonly key?: string | undefined;
        readonly operator?: string | undefined;
        readonly values?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** Whether labels have everything that a selector of a Service asks for. An empty selector selects nothing. */
export const hasLabels = (wanted: Labels, labels: Labels | undefined): boolean =>
  Object.keys(wanted).length > 0 &&
  Object.entries(wanted).every(([key, value]) => labels?.[key] === value);

/** Whether a LabelSelector selects labels. An empty one selects everything. */
export function selects(selector: LabelSelector, labels: Labels = {}): boolean {
  const own = Object.entries(selector.matchLabels ?? {});
  return (
    own.every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every(({ key = "", operator, values = [] }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      const among = value !== undefined && values.includes(value);
      return operator === "NotIn" ? !among : among;
    })
  );
}
