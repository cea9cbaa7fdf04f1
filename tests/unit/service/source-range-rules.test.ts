import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addressRange } from "../../../components/service/source-range-rules.ts";

const no = "must be an address range, such as 10.0.0.0/8";
const use = (range: string) => `must be an address range in its canonical form; use ${range}`;

test.each([
  ["0.0.0.0/0", undefined],
  ["10.0.0.0/8", undefined],
  ["203.0.113.7/32", undefined],
  ["203.0.113.6/31", undefined],
  ["::/0", undefined],
  ["2001:db8::/32", undefined],
  ["2001:db8::7/128", undefined],
  ["10.0.0.1/8", use("10.0.0.0/8")],
  ["203.0.113.7/31", use("203.0.113.6/31")],
  ["2001:DB8::/32", use("2001:db8::/32")],
  ["2001:db8:0::/48", use("2001:db8::/48")],
  ["2001:db8::1/32", use("2001:db8::/32")],
  ["1.2.3.4/0", use("0.0.0.0/0")],
  ["10.0.0.0", no],
  ["10.0.0.0/33", no],
  ["10.0.0.0/08", no],
  ["10.0.0.0/-1", no],
  ["10.0.0.0/8/8", no],
  ["010.0.0.0/8", no],
  ["::/129", no],
  ["fe80::1%eth0/64", no],
  ["example.com/8", no],
  ["", no],
  [8, no],
  [undefined, no],
])("addressRange: judges a range when it is %j", (range, verdict) => {
  expect(addressRange(range)).toBe(verdict);
});

test.each([
  ["ipv4", fc.ipV4(), 32],
  ["ipv6", fc.ipV6(), 128],
] as const)(
  "addressRange: proposes the range around an address when it is any %s one",
  (family, ips, bits) => {
    fc.assert(
      fc.property(ips, fc.integer({ min: 0, max: bits }), (ip, prefix) => {
        const proposal =
          addressRange(`${ip}/${prefix}`)?.split("; use ").at(1) ?? `${ip}/${prefix}`;
        expect(addressRange(proposal)).toBeUndefined();
        const list = new BlockList();
        list.addSubnet(proposal.split("/")[0] ?? "", prefix, family);
        expect(list.check(ip, family)).toBe(true);
      }),
    );
  },
);
