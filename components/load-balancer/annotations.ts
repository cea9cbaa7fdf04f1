import { untilAddressAssigned } from "../service/wait-for.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { annotationKey, anyText } from "../validation/rules.ts";
import { ANNOTATIONS, fitting, readTexts, type Texts } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { LoadBalancerDialect, Spoken } from "./contract/dialect.ts";
import type { IntentArgs } from "./contract/intent-args.ts";

/** What the component writes beside its controller's annotations. */
const OWN_BYTES = Object.entries(untilAddressAssigned)
  .flat()
  .reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/**
 * Reads the annotations that have no argument, and adds what the controller is told. One that says what an argument says
 * is a problem.
 */
export function readAnnotations(
  checks: Checks,
  { annotations }: IntentArgs,
  dialect: LoadBalancerDialect,
  spoken: Spoken["annotations"],
): Texts {
  const path = "args.annotations";
  const written = withoutEmpty(spoken) as Texts;
  const free = freeKey(dialect, Object.keys(written));
  const texts = { ...readTexts(checks, path, annotations, free, anyText), ...written };
  return fitting(checks, path, texts, { ...ANNOTATIONS, bytes: ANNOTATIONS.bytes - OWN_BYTES });
}

/** Says which annotations a patch may not change, because an argument decides them. */
export function patchedKey(dialect: LoadBalancerDialect, spoken: Spoken["annotations"]): Rule {
  const free = freeKey(dialect, Object.keys(withoutEmpty(spoken)));
  // What Pulumi does with the Service may be patched; an argument for it is refused, for it would be taken for the load balancer's.
  return (key) => (String(key).startsWith("pulumi.com/") ? undefined : free(key));
}

function freeKey(
  { exposedBy, honours, name, replacedBy }: LoadBalancerDialect,
  written: readonly string[],
): Rule {
  const options = Object.entries(honours).flatMap(([option, { otherKeys = [], writes }]) =>
    [...writes, ...otherKeys].map((key) => [key, option] as const),
  );
  const decided = [...exposedBy, ...replacedBy, ...written];
  return (key) => {
    const [, option] = options.find(([start]) => says(start, String(key))) ?? [];
    if (option !== undefined) {
      return `must be left out, args.${option} says it`;
    }
    if (String(key).startsWith("pulumi.com/")) {
      return "must be left out, the component decides what Pulumi does with its Service";
    }
    return decided.includes(String(key))
      ? `must be left out, the other arguments decide it for ${name}`
      : annotationKey(key);
  };
}

/** Some keys have a port in them: what is stated then ends with what separates it. */
function says(start: string, key: string): boolean {
  return key === start || (/[._]$/.test(start) && key.startsWith(start));
}
