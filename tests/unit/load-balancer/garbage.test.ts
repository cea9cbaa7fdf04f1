import { expect, test } from "vitest";
import { LoadBalancerController } from "../../../components/index.ts";
import { optionNames } from "../../../components/load-balancer/contract/option-names.ts";
import { normalizeLoadBalancer } from "../../../components/load-balancer/normalize.ts";
import { Checks } from "../../../components/validation/checks.ts";
import { target } from "../support/args.ts";

/** Values of every kind, none of which is right for every option. */
const garbage: readonly unknown[] = [
  ...[null, 5, -1, Number.NaN, 10n, true, "x", "", Symbol("x"), () => 1, new Date(0)],
  ...[[], [null], ["x"], [Symbol("x")], {}, { x: null }, { "x,y": Symbol("x") }],
  ...[Object.create(null), [Object.create(null)], { x: Object.create(null) }],
];
const others = ["exposure", "sourceRanges", "annotations", "ipFamilyPolicy", "ipFamilies"];
const options = [...optionNames, ...others, "externalTrafficPolicy", "sessionAffinity", "ports"];

/** Reads arguments, whatever they are. */
function read(controller: string, asked: object): void {
  const checks = new Checks({ type: "LoadBalancerService", name: "front" });
  const ports = [{ port: 80, targetPort: "http" }];
  const given = { exposure: "Internal", target: { ...target, drainSeconds: 4000 }, ports };
  const cluster = { controller, allowPublic: true };
  normalizeLoadBalancer(checks, "front", { cluster, ...given, ...asked } as never);
}

test.each(Object.values(LoadBalancerController))(
  "LoadBalancerService: only reports what is wrong when options of %s are anything at all",
  (controller) => {
    for (const option of options) {
      for (const value of garbage) {
        const label = `${option} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`;
        expect(() => read(controller, { [option]: value }), label).not.toThrow();
        const certificates = ["arn:aws:acm:eu-central-1:111122223333:certificate/one"];
        expect(() => read(controller, { certificates, [option]: value }), label).not.toThrow();
      }
    }
  },
);

test.each(Object.values(LoadBalancerController))(
  "LoadBalancerService: only reports what is wrong when all options of %s are anything at all",
  (controller) => {
    for (const value of garbage) {
      const asked = Object.fromEntries(options.map((option) => [option, value]));
      expect(() => read(controller, asked), String(typeof value)).not.toThrow();
    }
  },
);
