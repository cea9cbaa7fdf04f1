import fc from "fast-check";
import {
  type BackendArgs,
  type ExternalConnectionArgs,
  Protocol,
} from "../../../../components/index.ts";
import { ranges } from "./cidrs.ts";
import { fields, never, oneOf } from "./fields.ts";
import { portNumber } from "./numbers.ts";
import { objectName, qualifiedName } from "./texts.ts";

const ipv4 = fc
  .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 255 }))
  .map((octets) => `10.${octets.join(".")}`);
const ipv6 = fc.constantFrom("2001:db8::5", "fd00::1", "2001:db8:1:2:3:4:5:6");
const addresses = fc.oneof(
  fc.uniqueArray(ipv4, { minLength: 1, maxLength: 3 }),
  fc.uniqueArray(ipv6, { minLength: 1, maxLength: 2 }),
);

const common = {
  protocol: oneOf(Protocol),
  appProtocol: fc.oneof(fc.constantFrom("http", "https"), qualifiedName),
};

/** A Service's name: nobody else has it, and it is no longer than a stated one may be. */
const nameOf = (index: number) => fc.constant(`external-${index}`);

const byName = (index: number, closed: boolean): fc.Arbitrary<ExternalConnectionArgs> =>
  closed
    ? fields<ExternalConnectionArgs & { ranges: string[]; externalName: string }>(
        { port: portNumber, externalName: objectName, ranges },
        { ...common, addresses: never, serviceName: nameOf(index) },
      )
    : fields<ExternalConnectionArgs & { externalName: string }>(
        { port: portNumber, externalName: objectName },
        { ...common, addresses: never, ranges: never, serviceName: nameOf(index) },
      );

const byAddress = (index: number, short: boolean): fc.Arbitrary<ExternalConnectionArgs> =>
  short
    ? fields<ExternalConnectionArgs & { addresses: string[] }>(
        { port: portNumber, addresses },
        { ...common, externalName: never, ranges: never, serviceName: nameOf(index) },
      )
    : fields<ExternalConnectionArgs & { addresses: string[]; serviceName: string }>(
        { port: portNumber, addresses, serviceName: nameOf(index) },
        { ...common, externalName: never, ranges: never },
      );

/** What a Backend of this name with these arguments connects to outside of the cluster. */
export const external = (name: string, { closeEgress = false, connectsTo = {} }: BackendArgs) =>
  fc
    .uniqueArray(fc.constantFrom("DATABASE", "MAIL_SERVER", "PAYMENTS"), { maxLength: 3 })
    .map((keys) => keys.filter((key) => !Object.hasOwn(connectsTo, key)))
    .chain((keys) =>
      fc
        .tuple(
          ...keys.map((key, index) =>
            fc.oneof(
              byName(index, closeEgress),
              byAddress(index, `${name}-to-${key}`.length <= 63),
            ),
          ),
        )
        .map((all) => Object.fromEntries(keys.map((key, index) => [key, all[index]]))),
    );
