import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** The values that expressions of a workflow read, by context: `github`, `secrets`, `matrix` and so on. */
export type Contexts = Readonly<Record<string, unknown>>;

const STATUS_FUNCTIONS = ["always", "cancelled", "failure", "success"].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: 0,
}));

/**
 * Evaluates an expression as GitHub does, with its own library.
 *
 * @param succeeded - whether everything before it succeeded, for the status functions
 */
function evaluate(text: string, contexts: Contexts, succeeded: boolean): data.ExpressionData {
  const { tokens } = new Lexer(text).lex();
  const tree = new Parser(tokens, Object.keys(contexts), STATUS_FUNCTIONS).parse();
  const status: Readonly<Record<string, boolean>> = { always: true, success: succeeded };
  const functions = STATUS_FUNCTIONS.map((info) => {
    const value = status[info.name] ?? (info.name === "failure" && !succeeded);
    return [info.name, { ...info, call: () => new data.BooleanData(value) }] as const;
  });
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(functions)).evaluate();
}

/** Whether a job or a step runs. A condition without a status function holds only while everything succeeds. */
export function isRun(
  condition: string | undefined,
  contexts: Contexts,
  succeeded: boolean,
): boolean {
  if (condition === undefined) return succeeded;
  const text = condition.replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const statesStatus = STATUS_FUNCTIONS.some(({ name }) => text.includes(`${name}(`));
  if (!statesStatus && !succeeded) return false;
  return !["false", "0", ""].includes(evaluate(text, contexts, succeeded).coerceString());
}

/** A text with its expressions replaced by their values. */
export function interpolated(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression.trim(), contexts, true).coerceString(),
  );
}
