import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "../validation/checks.ts";
import { httpPath, integer, nonEmptyText, oneOf, trueOrFalse } from "../validation/rules.ts";
import { readTextList, readTexts, type Texts } from "../validation/string-map.ts";
import type { Honoured, LoadBalancerDialect } from "./contract/dialect.ts";
import {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  TargetType,
  ZonalDns,
} from "./contract/enums.ts";
import type { IntentArgs } from "./contract/intent-args.ts";
import { type OptionName, optionNames } from "./contract/option-names.ts";

/** Reads one option that the controller can be told. */
type Reader = (checks: Checks, path: string, value: never, honoured: Honoured) => unknown;

const readers: { readonly [Name in OptionName]: Reader } = {
  certificates: texts("certificates"),
  tlsPorts: (checks, path, value, { rule }) =>
    checks
      .list<string>(path, value, 1, "port name")
      .map((name, index) => checks.plain(`${path}[${index}]`, name, rule ?? nonEmptyText)),
  tlsPolicy: text(nonEmptyText),
  alpnPolicy: plain(oneOf(AlpnPolicy)),
  backendProtocol: plain(oneOf(BackendProtocol)),
  loadBalancerName: plain(nonEmptyText),
  staticAddresses: texts("addresses"),
  subnets: texts("subnets"),
  location: plain(nonEmptyText),
  addressPool: plain(nonEmptyText),
  sharedAddressKey: plain(nonEmptyText),
  securityGroups: texts("security groups"),
  tags: keyed,
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
  accessLogsBucket: text(nonEmptyText),
  accessLogsPrefix: text(nonEmptyText),
  deletionProtection: plain(trueOrFalse),
  loadBalancerAttributes: keyed,
  targetGroupAttributes: keyed,
};

/** What there are a few choices of. */
const CHOICES: ReadonlySet<OptionName> = new Set<OptionName>(["backendProtocol", "targetType"]);

/**
 * Reads what is asked of a load balancer. What the controller cannot be told is a problem that names the controllers
 * which can.
 */
export function readOptions(
  checks: Checks,
  args: IntentArgs,
  dialect: LoadBalancerDialect,
  dialects: readonly LoadBalancerDialect[],
): IntentArgs {
  const read = optionNames
    .filter((name) => args[name] !== undefined)
    .map((name) => {
      const [path, value] = [`args.${name}`, args[name]];
      const honoured = dialect.honours[name];
      const able = controllersFor(name, value, dialects);
      if (honoured === undefined) {
        const must = `must be left out, ${dialect.name} has nothing like it${others(able)}`;
        checks.report(path, value, must);
      }
      const told = { writes: [], ...honoured };
      const here = CHOICES.has(name) ? choice(told, ` for ${dialect.name}${others(able)}`) : told;
      return [name, readers[name](checks, path, value as never, here)];
    });
  return Object.fromEntries(read);
}

/** The controllers that can be told exactly this. A list or an object is not looked into. */
function controllersFor(
  name: OptionName,
  value: unknown,
  dialects: readonly LoadBalancerDialect[],
): readonly string[] {
  return dialects
    .filter(({ honours }) => {
      const rule = honours[name]?.rule;
      const judged = typeof value !== "object" && rule !== undefined;
      return honours[name] !== undefined && (!judged || rule(value) === undefined);
    })
    .map((able) => able.name);
}

function others(able: readonly string[]): string {
  return able.length === 0 ? "" : `; ${able.join(", ")} ${able.length === 1 ? "has" : "have"} it`;
}

/** What one controller has only some choices of, another may have. */
function choice({ rule = () => undefined, ...rest }: Honoured, elsewhere: string): Honoured {
  const own: Rule = (value) => {
    const must = rule(value);
    return must === undefined ? undefined : `${must}${elsewhere}`;
  };
  return { ...rest, rule: own };
}

/** A value that decides what is created, or is too simple to be late. */
function plain(rule: Rule): Reader {
  return (checks, path, value, { rule: own }) => checks.plain(path, value, both(rule, own));
}

function text(rule: Rule): Reader {
  return (checks, path, value, { rule: own }) => checks.input(path, value, both(rule, own));
}

function texts(items: string): Reader {
  return (checks, path, value: readonly pulumi.Input<string>[], { most, rule }) => {
    const list = readTextList(checks, path, value, items, both(listItem, rule));
    if (Array.isArray(value) && list.length === 0) {
      checks.report(path, value, `must be a list of at least one of the ${items}, or be left out`);
    }
    if (most !== undefined && list.length > most) {
      checks.report(`${path}.length`, list.length, `must be at most ${most}`);
    }
    return list;
  };
}

/** Texts by key, as the cloud takes them in one list: neither may have a comma, and no key an equals sign. */
function keyed(checks: Checks, path: string, value: Texts, { rule }: Honoured): Texts {
  return readTexts(checks, path, value, listKey, both(listValue, rule));
}

const listKey: Rule = (value) =>
  typeof value === "string" && /^[^\s,=]+$/.test(value)
    ? undefined
    : 'must be a text without blanks, "," and "=", which separate such keys';

const listValue: Rule = (value) =>
  typeof value === "string" && !value.includes(",")
    ? undefined
    : 'must be a text without ",", which separates such values';

const listItem = both(nonEmptyText, listValue);

function both(first: Rule, second: Rule | undefined): Rule {
  return (value) => first(value) ?? second?.(value);
}
