import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LoadBalancerService, type LoadBalancerServiceArgs } from "../../../components/index.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";
import { type Asked, argsOf, askedBy, Live, problemsOf } from "./doubles/asked.ts";
import type { AskedPort } from "./doubles/aws-load-balancer-controller.ts";

const RUNS = 300;
const MILLISECONDS = 120_000;
const controllers = fc.constantFrom("AwsLoadBalancerController", "EksAutoMode");
const asked = askedBy(controllers);
const same = fc
  .tuple(asked, asked)
  .map(([before, after]) => [before, { ...after, controller: before.controller }] as const);

const tcp = (port: number, targetPort: number, tls = false): AskedPort => ({
  port,
  protocol: "TCP",
  targetPort,
  tls,
});
const udp = (port: number, targetPort: number): AskedPort => ({
  port,
  protocol: "UDP",
  targetPort,
  tls: false,
});
const of = (targetType: Asked["targetType"], ...ports: readonly AskedPort[]): Asked => ({
  controller: "AwsLoadBalancerController",
  targetType,
  ports,
});

describe("the listeners of the AWS Load Balancer Controller", () => {
  test("LoadBalancerService: is refused just when the controller would lose something of a new one", {
    timeout: MILLISECONDS,
  }, async ({ annotate }) => {
    const counts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(asked, (it) => {
        const problems = problemsOf(it);
        const { lost } = new Live(it);
        counts[problems.length === 0 ? "accepted" : "refused"] += 1;

        expect({ problems, isRefused: problems.length > 0, lost }).toEqual({
          problems,
          isRefused: lost.length > 0,
          lost,
        });
      }),
      { numRuns: RUNS },
    );

    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(0);
    await annotate(
      `Listeners: ${RUNS} lists of ports drawn, ${counts.accepted} accepted and carried out, ${counts.refused} refused of which the controller would lose something`,
      "figure",
    );
  });

  test("LoadBalancerService: loses nothing by an update when it is made of what was accepted before", {
    timeout: MILLISECONDS,
  }, async ({ annotate }) => {
    const counts = { inPlace: 0, replaced: 0, refused: 0, lostInPlace: 0 };
    fc.assert(
      fc.property(same, ([before, after]) => {
        fc.pre(problemsOf(before).length === 0 && problemsOf(after).length === 0);
        const live = new Live(before);
        if (live.isReplacedBy(after)) {
          counts.replaced += 1;
          live.update(after);
          counts.lostInPlace += live.lost.length > 0 ? 1 : 0;
          expect(new Live(after).lost).toEqual([]);
        } else if (live.kept(after).length > 0) {
          counts.refused += 1;
        } else {
          counts.inPlace += 1;
          live.update(after);
          expect(live.lost).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );

    // The control: without the replacement traffic would be lost.
    expect(counts.lostInPlace).toBeGreaterThan(0);
    expect(Math.min(counts.inPlace, counts.replaced, counts.refused)).toBeGreaterThan(0);
    await annotate(
      `Listeners: ${RUNS} updates drawn, ${counts.inPlace} in place and carried out, ${counts.replaced} replaced of which ${counts.lostInPlace} would lose traffic in place, ${counts.refused} refused`,
      "figure",
    );
  });

  test.each([
    [
      "TLS ends at a number that is UDP's, too",
      of("Instance", tcp(443, 8443, true), udp(443, 5353)),
    ],
    ["UDP comes first", of("Instance", udp(443, 5353), tcp(443, 8443, true))],
    [
      "TLS ends at a number of UDP's and the targets are Pods",
      of("Ip", tcp(443, 8443, true), udp(443, 8443)),
    ],
    ["Pods have a container port for each protocol", of("Ip", tcp(53, 8080), udp(53, 5353))],
    [
      "Pods have a container port for each protocol, UDP first",
      of("Ip", udp(53, 5353), tcp(53, 8080)),
    ],
  ])("fails when %s, of which the controller would lose something", (_, it) => {
    expect(problemsOf(it)).toHaveLength(1);
    expect(new Live(it).lost).not.toEqual([]);
  });

  test.each([
    ["UDP comes to a number", [tcp(53, 8080)], [tcp(53, 8080), udp(53, 5353)]],
    ["UDP comes to a number, and first", [tcp(53, 8080)], [udp(53, 5353), tcp(53, 8080)]],
    ["TCP comes to a number", [udp(53, 5353)], [udp(53, 5353), tcp(53, 8080)]],
    ["both move to another number", [tcp(53, 8080), udp(53, 5353)], [tcp(80, 8080), udp(80, 5353)]],
  ])(
    "LoadBalancerService: is replaced when %s, since in place one would be lost",
    (_, before, after) => {
      const live = new Live(of("Instance", ...before));

      expect(problemsOf(of("Instance", ...after))).toEqual([]);
      expect(live.isReplacedBy(of("Instance", ...after))).toBe(true);
      expect(new Live(of("Instance", ...after)).lost).toEqual([]);
      expect(live.kept(of("Instance", ...after))).toContain("args.ports[1].port");
      live.update(of("Instance", ...after));
      expect(live.lost).not.toEqual([]);
    },
  );

  test("LoadBalancerService: is replaced when two protocols of a number go to nodes instead of Pods", () => {
    const live = new Live(of("Ip", tcp(53, 5353), udp(53, 5353)));
    const after = of("Instance", tcp(53, 5353), udp(53, 5353));

    expect(live.isReplacedBy(after)).toBe(true);
    live.update(after);
    expect(live.lost).not.toEqual([]);
  });

  test("LoadBalancerService: stays when two protocols of a number are given in another order", () => {
    const live = new Live(of("Instance", tcp(53, 8080), udp(53, 5353)));
    const after = of("Instance", udp(53, 5353), tcp(53, 8080));

    expect(live.isReplacedBy(after)).toBe(false);
    expect(live.kept(after)).toEqual([]);
    live.update(after);
    expect(live.lost).toEqual([]);
  });

  test.each([
    ["TLS ends at a number of UDP's", of("Instance", tcp(443, 8443, true), udp(443, 5353))],
    ["Pods have a container port for each protocol", of("Ip", tcp(53, 8080), udp(53, 5353))],
    ["a port with an idle timeout is UDP", { ...of("Ip", udp(53, 5353)), idleTimeoutSeconds: 90 }],
  ])("fails alike when the target arrives late and %s", async (_, it) => {
    const { target, ...args } = argsOf(it);
    const { problems } = await failureOf(
      () =>
        new LoadBalancerService("front", {
          ...args,
          target: later(target),
        } as unknown as LoadBalancerServiceArgs),
    );

    const texts = (problems as { path: string; message: string }[]).map(
      ({ message, path }) => `${path} ${message}`,
    );
    expect(texts).toEqual(problemsOf(it));
  });

  test.each([
    ["nothing", [tcp(53, 8080)], "AwsLoadBalancerController"],
    ["one number", [tcp(53, 8080), udp(53, 5353)], "AwsLoadBalancerController 53"],
  ])(
    "LoadBalancerService: has a trigger of replacement with %s when two protocols share it",
    async (_, ports, trigger) => {
      const args = argsOf(of("Instance", ...ports)) as unknown as LoadBalancerServiceArgs;
      const run = await runProgram(() => new LoadBalancerService("front", args));

      expect(run.resource("core/v1:Service", "front").replacementTrigger).toBe(trigger);
    },
  );
});
