import fc from "fast-check";
import type { EnvironmentArgs, SecretEnvironmentArgs } from "../../../../components/index.ts";
import { fields } from "./fields.ts";
import { anyString, configurationKey, environmentName, objectName } from "./texts.ts";

type Sources = Pick<EnvironmentArgs, "envFromSecrets" | "envFromConfigMaps">;
type Variables = Omit<EnvironmentArgs & SecretEnvironmentArgs, keyof Sources>;

const GROUPS = ["env", "secretEnv", "envFromSecretKeys", "envFromConfigMapKeys"] as const;

const names = fc.array(objectName, { maxLength: 3 });
const reference = fc.record({ name: objectName, key: configurationKey });

const variable = fc.record({
  name: environmentName,
  group: fc.constantFrom(...GROUPS),
  text: anyString,
  reference,
});

/** Variables of which each name is in one group only. */
const variables = (groups: readonly (typeof GROUPS)[number][]): fc.Arbitrary<Variables> =>
  fc
    .tuple(
      fc.uniqueArray(variable, { maxLength: 10, selector: ({ name }) => name }),
      fc.subarray([...groups]),
    )
    .map(([all, alsoEmpty]) => {
      const of = (group: (typeof GROUPS)[number]) =>
        all
          .filter((it) => it.group === group)
          .map((it) => [it.name, group.startsWith("envFrom") ? it.reference : it.text] as const);
      const filled = groups.filter((group) => alsoEmpty.includes(group) || of(group).length > 0);
      return Object.fromEntries(filled.map((group) => [group, Object.fromEntries(of(group))]));
    });

const sources = fields<Sources>({}, { envFromSecrets: names, envFromConfigMaps: names });

const environment = (groups: readonly (typeof GROUPS)[number][]) =>
  fc.tuple(variables(groups), sources).map(([one, other]) => ({ ...one, ...other }));

/** The environment of a Backend's own container. */
export const ownEnvironment: fc.Arbitrary<EnvironmentArgs & SecretEnvironmentArgs> =
  environment(GROUPS);

/** The environment of another container, which has no Secret of its own. */
export const otherEnvironment: fc.Arbitrary<EnvironmentArgs> = environment(
  GROUPS.filter((group) => group !== "secretEnv"),
);
