import fc from "fast-check";
import type {
  EnvironmentArgs,
  ResourceFieldArgs,
  SecretEnvironmentArgs,
} from "../../../../components/index.ts";
import { fields } from "./fields.ts";
import {
  annotationKey,
  anyString,
  configurationKey,
  environmentName,
  objectName,
  qualifiedName,
} from "./texts.ts";

type Sources = Pick<EnvironmentArgs, "envFromSecrets" | "envFromConfigMaps">;
type Variables = Omit<EnvironmentArgs & SecretEnvironmentArgs, keyof Sources>;

/** Of each group, what a variable is given. */
const GROUPS = {
  env: "text",
  secretEnv: "text",
  envFromSecretKeys: "reference",
  envFromConfigMapKeys: "reference",
  envFromFields: "field",
  envFromResourceFields: "resource",
} as const;
type Group = keyof typeof GROUPS;
const groupNames = Object.keys(GROUPS) as Group[];

const names = fc.array(objectName, { maxLength: 3 });
const reference = fc.record({ name: objectName, key: configurationKey });

const field = fc.oneof(
  fc.constantFrom("metadata.name", "metadata.uid", "spec.nodeName", "status.hostIPs"),
  qualifiedName.map((key) => `metadata.labels['${key}']`),
  annotationKey.map((key) => `metadata.annotations['${key}']`),
);

const ofResource = (kind: string, units: readonly string[]) =>
  fields<ResourceFieldArgs>(
    { resource: fc.constantFrom(`limits.${kind}`, `requests.${kind}`) },
    { divisor: fc.constantFrom(...units) },
  );
const resource = fc.oneof(
  ofResource("cpu", ["1m", "1"]),
  ofResource("memory", ["1", "1k", "1E", "1Mi"]),
  ofResource("ephemeral-storage", ["1Ki", "1Ei", "1G"]),
);

const variable = fc.record({
  name: environmentName,
  group: fc.constantFrom(...groupNames),
  text: anyString,
  reference,
  field,
  resource,
});

/** Variables of which each name is in one group only. */
const variables = (groups: readonly Group[]): fc.Arbitrary<Variables> =>
  fc
    .tuple(
      fc.uniqueArray(variable, { maxLength: 12, selector: ({ name }) => name }),
      fc.subarray([...groups]),
    )
    .map(([all, alsoEmpty]) => {
      const of = (group: Group) =>
        all.filter((it) => it.group === group).map((it) => [it.name, it[GROUPS[group]]] as const);
      const filled = groups.filter((group) => alsoEmpty.includes(group) || of(group).length > 0);
      return Object.fromEntries(filled.map((group) => [group, Object.fromEntries(of(group))]));
    });

const sources = fields<Sources>({}, { envFromSecrets: names, envFromConfigMaps: names });

const environment = (groups: readonly Group[]) =>
  fc.tuple(variables(groups), sources).map(([one, other]) => ({ ...one, ...other }));

/** The environment of a Backend's own container. */
export const ownEnvironment: fc.Arbitrary<EnvironmentArgs & SecretEnvironmentArgs> =
  environment(groupNames);

/** The environment of another container, which has no Secret of its own. */
export const otherEnvironment: fc.Arbitrary<EnvironmentArgs> = environment(
  groupNames.filter((group) => group !== "secretEnv"),
);
