import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "../validation/checks.ts";
import {
  httpPath,
  integer,
  nonEmptyString,
  oneOf,
  portName,
  trueOrFalse,
} from "../validation/rules.ts";
import {
  checkTogether,
  readStringList,
  readStringMap,
  type StringMap,
} from "../validation/string-map.ts";
import type { LoadBalancerDialect, Support } from "./contract/dialect.ts";
import {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  TargetType,
  ZonalDns,
} from "./contract/enums.ts";
import type { Exposure } from "./contract/intent.ts";
import type { IntentArgs } from "./contract/intent-args.ts";
import { type OptionName, optionNames } from "./contract/option-names.ts";

/** Reads one option that the controller can be known. */
type Reader = (checks: Checks, path: string, value: never, support: Support) => unknown;

const readers: { readonly [Name in OptionName]: Reader } = {
  certificates: stringList("certificates"),
  tlsPorts: (checks, path, value, { rule }) =>
    checks
      .list<string>(path, value, 1, "port name")
      .map((name, index) => checks.plain(`${path}[${index}]`, name, rule ?? nonEmptyString)),
  tlsPolicy: deferrable(nonEmptyString),
  alpnPolicy: plain(oneOf(AlpnPolicy)),
  backendProtocol: plain(oneOf(BackendProtocol)),
  loadBalancerName: plain(nonEmptyString),
  staticAddresses: stringList("addresses"),
  subnets: stringList("subnets"),
  location: plain(nonEmptyString),
  addressPool: plain(nonEmptyString),
  sharedAddressKey: plain(nonEmptyString),
  securityGroups: stringList("security groups"),
  tags: keyed,
  healthCheckPort: plain(portName),
  healthCheckProtocol: plain(oneOf(HealthCheckProtocol)),
  healthCheckPath: plain(httpPath),
  healthCheckIntervalSeconds: plain(integer(1)),
  healthCheckTimeoutSeconds: plain(integer(1)),
  healthCheckHealthyThreshold: plain(integer(1)),
  healthCheckUnhealthyThreshold: plain(integer(1)),
  targetType: plain(oneOf(TargetType)),
  proxyProtocol: plain(trueOrFalse),
  preserveClientIp: plain(trueOrFalse),
  idleTimeoutSeconds: plain(integer(1)),
  crossZone: plain(trueOrFalse),
  zonalDns: plain(oneOf(ZonalDns)),
  accessLogsBucket: deferrable(nonEmptyString),
  accessLogsPrefix: deferrable(nonEmptyString),
  deletionProtection: plain(trueOrFalse),
  loadBalancerAttributes: keyed,
  targetGroupAttributes: keyed,
};

/** The enums whose values differ between controllers. */
const LIMITED_ENUMS: ReadonlySet<OptionName> = new Set<OptionName>([
  "backendProtocol",
  "targetType",
]);

/**
 * Reads the options of a load balancer. An option that the controller does not support is a problem that names the
 * controllers that do.
 */
export function readOptions(
  checks: Checks,
  args: IntentArgs & { readonly exposure: Exposure },
  dialect: LoadBalancerDialect,
  dialects: readonly LoadBalancerDialect[],
): IntentArgs {
  const read = optionNames
    .filter((name) => args[name] !== undefined)
    .map((name) => {
      const [path, value] = [`args.${name}`, args[name]];
      const support = dialect.supports[name];
      const able = controllersFor(name, value, dialects);
      if (support === undefined) {
        const must = `must not be set: it is not supported by ${dialect.name}${others(able)}`;
        checks.report(path, value, must);
      }
      const known = { keys: [], ...support, ...ruleFor(support, args.exposure) };
      const here = LIMITED_ENUMS.has(name)
        ? limitedEnum(known, ` for ${dialect.name}${others(able)}`)
        : known;
      return [name, readers[name](checks, path, value as never, here)];
    });
  return Object.fromEntries(read);
}

/** The rule that depends on the exposure. */
function ruleFor(support: Support | undefined, exposure: Exposure): Pick<Support, "rule"> {
  const rule = support?.ruleOf?.(exposure);
  return rule === undefined ? {} : { rule };
}

/** The controllers that support exactly this value. The contents of lists and objects are not checked. */
function controllersFor(
  name: OptionName,
  value: unknown,
  dialects: readonly LoadBalancerDialect[],
): readonly string[] {
  return dialects
    .filter(({ supports }) => {
      const rule = supports[name]?.rule;
      const judged = typeof value !== "object" && rule !== undefined;
      return supports[name] !== undefined && (!judged || rule(value) === undefined);
    })
    .map((able) => able.name);
}

function others(able: readonly string[]): string {
  return able.length === 0 ? "" : `; supported by ${able.join(", ")}`;
}

/** Appends the controllers that support a value which this controller does not. */
function limitedEnum({ rule = () => undefined, ...rest }: Support, elsewhere: string): Support {
  const own: Rule = (value) => {
    const must = rule(value);
    return must === undefined ? undefined : `${must}${elsewhere}`;
  };
  return { ...rest, rule: own };
}

/** A plain value, because it decides what is created or is never an Output. */
function plain(rule: Rule): Reader {
  return (checks, path, value, { rule: own }) => checks.plain(path, value, both(rule, own));
}

function deferrable(rule: Rule): Reader {
  return (checks, path, value, { rule: own }) => checks.input(path, value, both(rule, own));
}

function stringList(items: string): Reader {
  return (checks, path, value: readonly pulumi.Input<string>[], { listFindings, most, rule }) => {
    const list = readStringList(checks, path, value, items, both(listItem, rule));
    if (Array.isArray(value) && list.length === 0) {
      checks.report(path, value, `must be a list of at least one of the ${items}, or not be set`);
    }
    if (most !== undefined && list.length > most) {
      checks.report(`${path}.length`, list.length, `must be at most ${most}`);
    }
    return listFindings === undefined ? list : checkTogether(checks, list, listFindings);
  };
}

/**
 * Strings by key, which the cloud takes in one list: no key and no value may contain a comma, and no key an equals
 * sign.
 */
function keyed(checks: Checks, path: string, value: StringMap, { rule }: Support): StringMap {
  return readStringMap(checks, path, value, listKey, both(listValue, rule));
}

const listKey: Rule = (value) =>
  typeof value === "string" && /^[^\s,=]([^,=]*[^\s,=])?$/.test(value)
    ? undefined
    : 'must be a string without "," and "=", which separate such keys, and without spaces at its ends';

const listValue: Rule = (value) =>
  typeof value === "string" && !value.includes(",")
    ? undefined
    : 'must be a string without ",", which separates such values';

const listItem = both(nonEmptyString, listValue);

function both(first: Rule, second: Rule | undefined): Rule {
  return (value) => first(value) ?? second?.(value);
}
