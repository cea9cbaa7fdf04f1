import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Checks } from "../validation/checks.ts";
import { anyString, configurationKey, environmentName, objectName } from "../validation/rules.ts";
import {
  checkTotalSize,
  readStringList,
  type SizeLimit,
  type StringMap,
} from "../validation/string-map.ts";
import type { EnvironmentArgs, SecretEnvironmentArgs } from "./environment-args.ts";
import { containerResource, divisorFindings, fieldPath } from "./pod-fields.ts";

/** The environment of a container. */
export interface Environment {
  readonly variables: core.v1.EnvVar[];
  readonly sources: core.v1.EnvFromSource[];
  /** The values in the Backend's own Secret, by variable. */
  readonly secret: StringMap;
}

/**
 * The API server's limit for the values of one Secret.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size
 */
const SECRET_VALUES: SizeLimit = { bytes: 1_048_576, of: "values", confidential: true };

type AllArgs = EnvironmentArgs & SecretEnvironmentArgs;
type Given = keyof AllArgs;

/** The path of a container's environment, and the variables found there. */
interface Place {
  readonly checks: Checks;
  readonly path: string;
  readonly names: Map<string, Given>;
}

/** Reads the environment of a container. Secret values go into the Secret of the given name. */
export function readEnvironment(
  checks: Checks,
  path: string,
  name: string,
  args: AllArgs,
): Environment {
  const place = { checks, path, names: new Map<string, Given>() };
  const env = readValues(place, args, "env");
  const values = readValues(place, args, "secretEnv");
  const secret = checkTotalSize(checks, `${path}.secretEnv`, values, SECRET_VALUES);
  const ofSecrets = readReferences(place, args, "envFromSecretKeys");
  const ofConfigMaps = readReferences(place, args, "envFromConfigMapKeys");
  const fields = [...readFields(place, args), ...readResourceFields(place, args)];
  const list = (field: "envFromConfigMaps" | "envFromSecrets") =>
    readStringList(checks, `${path}.${field}`, args[field], "names", objectName);
  return {
    // Secrets, keys and fields first: a value of `env` may refer to them.
    variables: [
      ...Object.keys(secret).map((key) => ({
        name: key,
        valueFrom: { secretKeyRef: { name, key } },
      })),
      ...ofSecrets.map(([key, secretKeyRef]) => ({ name: key, valueFrom: { secretKeyRef } })),
      ...ofConfigMaps.map(([key, configMapKeyRef]) => ({
        name: key,
        valueFrom: { configMapKeyRef },
      })),
      ...fields,
      ...Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
    ],
    // If two sources have the same key, the later one applies.
    sources: [
      ...list("envFromConfigMaps").map((configMap) => ({ configMapRef: { name: configMap } })),
      ...list("envFromSecrets").map((existing) => ({ secretRef: { name: existing } })),
    ],
    secret,
  };
}

function readValues(place: Place, args: AllArgs, field: "env" | "secretEnv"): StringMap {
  const { checks } = place;
  const path = `${place.path}.${field}`;
  const stated: unknown = args[field];
  if (typeof stated === "string") {
    // The value may be the password itself.
    checks.confidential(path, stated, () => "must be an object");
    return {};
  }
  const given = args[field] === undefined ? {} : checks.object(path, args[field]);
  const entries = Object.entries(given).map(([name, value]) => {
    readName(place, field, name);
    return [name, checks.confidential(`${path}.${name}`, value, anyString)] as const;
  });
  return Object.fromEntries(entries);
}

function readReferences(
  place: Place,
  args: AllArgs,
  field: "envFromConfigMapKeys" | "envFromSecretKeys",
) {
  const { checks } = place;
  const path = `${place.path}.${field}`;
  const given = args[field] === undefined ? {} : checks.object(path, args[field]);
  return Object.entries(given).map(([variable, reference]) => {
    readName(place, field, variable);
    const { key, name } = checks.object(`${path}.${variable}`, reference);
    const read = {
      name: checks.input(`${path}.${variable}.name`, name, objectName),
      key: checks.input(`${path}.${variable}.key`, key, configurationKey),
    };
    return [variable, read] as const;
  });
}

function readFields(place: Place, args: AllArgs): core.v1.EnvVar[] {
  const { checks } = place;
  const path = `${place.path}.envFromFields`;
  const given = args.envFromFields === undefined ? {} : checks.object(path, args.envFromFields);
  return Object.entries(given).map(([name, field]) => {
    readName(place, "envFromFields", name);
    const read = checks.input(`${path}.${name}`, field, fieldPath);
    return { name, valueFrom: { fieldRef: { fieldPath: read } } };
  });
}

function readResourceFields(place: Place, args: AllArgs): core.v1.EnvVar[] {
  const { checks } = place;
  const path = `${place.path}.envFromResourceFields`;
  const stated = args.envFromResourceFields;
  const given = stated === undefined ? {} : checks.object(path, stated);
  return Object.entries(given).map(([name, reference]) => {
    readName(place, "envFromResourceFields", name);
    const { divisor, resource } = checks.object(`${path}.${name}`, reference);
    const at = `${path}.${name}.divisor`;
    const resourceFieldRef = {
      resource: checks.input(`${path}.${name}.resource`, resource, containerResource),
      ...(divisor === undefined
        ? {}
        : {
            divisor: checks.together(divisor, [resource], (unit, [of]) =>
              divisorFindings(at, unit, of),
            ),
          }),
    };
    return { name, valueFrom: { resourceFieldRef } };
  });
}

function readName({ checks, names, path }: Place, field: Given, name: string): void {
  checks.plain(`${path}.${field} key`, name, environmentName);
  const first = names.get(name);
  if (first !== undefined) {
    checks.report(`${path}.${field} key`, name, `must differ from the keys of ${path}.${first}`);
  }
  names.set(name, field);
}
