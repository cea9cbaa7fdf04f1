import type * as pulumi from "@pulumi/pulumi";
import {
  annotationKey,
  anyText,
  httpPath,
  integer,
  nonEmptyText,
  oneOf,
  trueOrFalse,
} from "../rules.ts";
import { readTextList, readTexts, type Texts } from "../texts.ts";
import type { Checks, Rule } from "../validation.ts";
import {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  TargetType,
  ZonalDns,
} from "./choices.ts";
import type { Honoured, LoadBalancerDialect } from "./dialect.ts";
import type { IntentArgs } from "./intent-args.ts";
import { type OptionName, optionNames } from "./option-names.ts";

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

/**
 * Reads what is asked of a load balancer. What the controller cannot be told is a problem that names the controllers
 * which can.
 */
export function readOptions(
  checks: Checks,
  args: IntentArgs,
  dialect: LoadBalancerDialect,
  others: readonly LoadBalancerDialect[],
): IntentArgs {
  const read = optionNames
    .filter((name) => args[name] !== undefined)
    .map((name) => {
      const path = `args.${name}`;
      const honoured = dialect.honours[name];
      if (honoured === undefined) {
        checks.report(path, args[name], leftOut(name, dialect, others));
      }
      return [name, readers[name](checks, path, args[name] as never, honoured ?? { writes: [] })];
    });
  return Object.fromEntries(read);
}

function leftOut(
  name: OptionName,
  { name: controller }: LoadBalancerDialect,
  others: readonly LoadBalancerDialect[],
): string {
  const able = others.filter(({ honours }) => honours[name] !== undefined).map((it) => it.name);
  return `must be left out, ${controller} has nothing like it; ${able.join(", ")} ${able.length === 1 ? "has" : "have"}`;
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
    const list = readTextList(checks, path, value, items, both(nonEmptyText, rule));
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

function both(first: Rule, second: Rule | undefined): Rule {
  return (value) => first(value) ?? second?.(value);
}

/** Reads the annotations that have no argument; one that an argument writes is a problem. */
export function readAnnotations(
  checks: Checks,
  { annotations }: IntentArgs,
  { exposedBy, honours, name, replacedBy }: LoadBalancerDialect,
): Texts {
  const path = "args.annotations";
  const written = new Map(
    Object.entries(honours).flatMap(([option, { writes }]) => writes.map((key) => [key, option])),
  );
  // Some keys have a port in them: what is written then ends with what separates it.
  const byPrefix = (key: string) =>
    [...written].find(([start]) => /[._]$/.test(start) && key.startsWith(start))?.[1];
  const free: Rule = (key) => {
    const option = written.get(String(key)) ?? byPrefix(String(key));
    if (option !== undefined) {
      return `must be left out, args.${option} says it`;
    }
    return exposedBy.includes(String(key)) || replacedBy.includes(String(key))
      ? `must be left out, the other arguments decide it for ${name}`
      : annotationKey(key);
  };
  return readTexts(checks, path, annotations, free, anyText);
}
