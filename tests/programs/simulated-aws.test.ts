import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AWS_HEALTH_PATH } from "../../local/cloud/simulated-aws.ts";
import {
  type AwsAttempt,
  type Credentials,
  claiming,
  exchange,
  signedWith,
  unsigned,
} from "../shared/aws-attempts.ts";
import {
  DISGUISED_CIDR,
  disguises,
  honestChange,
  honestRead,
  readings,
} from "../shared/aws-disguises.ts";
import { type LoneAws, startLoneAws } from "./simulated-aws.ts";

let aws: LoneAws;
beforeAll(async () => {
  aws = await startLoneAws();
  await aws.ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
}, 120_000);
afterAll(() => aws.remove());

const another = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: randomBytes(30).toString("base64"),
};
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** Names of those among a number of attempts after which AWS or its journal is another one. */
async function changing(attempts: readonly AwsAttempt[], credentials: Credentials) {
  const found: string[] = [];
  const state = await aws.state();
  let journal = aws.journal();
  for (const attempt of attempts) {
    await aws.send(attempt, credentials);
    if (aws.journal() !== journal) found.push(attempt.name);
    journal = aws.journal();
  }
  if ((await aws.state()) !== state) found.push("one of them, without a word in the journal");
  return found;
}

/** What decided before: an action by a pattern of its own, while moto decided by a parse of its own. */
function tookForReading({ lines = [], request }: AwsAttempt): boolean {
  const headers = [...lines, ...Object.entries(request.headers ?? {}).map((it) => it.join(": "))];
  const target = headers.map((line) => /^x-amz-target: (.*)$/i.exec(line)?.[1]).find(Boolean);
  const query = (text = "") => /(?:^|&)Action=([A-Za-z]+)/.exec(text)?.[1];
  const action =
    target?.split(".").at(-1) ?? query(request.body) ?? query(request.target.split("?")[1]);
  return action === undefined
    ? ["GET", "HEAD", "OPTIONS"].includes(request.method)
    : /^(Describe|Get|List|Lookup|Search|Head|BatchGet|Test)/.test(action);
}

describe("a change", () => {
  test("is carried out and journaled once when its owner asks for it as AWS documents it", async () => {
    const before = aws.journal();

    const answer = await aws.send(honestChange, signedWith(aws.owner));

    expect(statusOf(answer)).toBe(200);
    const added = aws.journal().slice(before.length).split("\n").filter(Boolean);
    expect(added.map((line) => JSON.parse(line).action)).toEqual(["ec2:CreateVpc"]);
    expect(await aws.state()).toContain(DISGUISED_CIDR);
  });

  const holders: readonly [string, () => Credentials][] = [
    ["no key", () => unsigned],
    ["a claim of a key", () => claiming],
    ["a key of somebody else", () => signedWith(another)],
    ["the key's name and another secret", () => signedWith({ ...aws.owner, secretAccessKey: "x" })],
    ["the reader's key", () => signedWith(aws.reader)],
  ];
  test.each(holders)("is not carried out in any disguise with %s", async (_, credentials) => {
    expect(disguises.length).toBeGreaterThan(80);
    expect(await changing(disguises, credentials())).toEqual([]);
  });

  test("was carried out in some disguises when another parse decided what is reading", () => {
    const [honest, ...others] = disguises.filter(({ request }) => request.service === "ec2");
    expect(honest && tookForReading(honest)).toBe(false);
    expect(others.filter(tookForReading).length).toBeGreaterThan(5);
  });

  test("is refused with a word about the key when it is the reader's", async () => {
    const answer = await aws.send(honestChange, signedWith(aws.reader));

    expect(statusOf(answer)).toBe(403);
    expect(answer).toContain("AccessDenied");
    expect(answer).toContain(
      "ec2:CreateVpc is a change, and the key of this request may only read",
    );
  });

  test("is not carried out in any encoding with the reader's key", async () => {
    const before = [await aws.state(), aws.journal()];
    await fc.assert(
      fc.asyncProperty(encodedChange, async (attempt) => {
        await aws.send(attempt, signedWith(aws.reader));
        expect(aws.journal()).toBe(before[1]);
      }),
      { numRuns: 150 },
    );
    expect([await aws.state(), aws.journal()]).toEqual(before);
  });
});

const actions = [
  "CreateVpc",
  "RunInstances",
  "CreateSecurityGroup",
  "AllocateAddress",
  "CreateTags",
];
const encoded = (text: string) =>
  fc
    .array(fc.constantFrom("as it is", "encoded", "other case"), {
      minLength: text.length,
      maxLength: text.length,
    })
    .map((ways) =>
      [...text]
        .map((letter, index) => {
          if (ways[index] === "encoded") return `%${letter.charCodeAt(0).toString(16)}`;
          return ways[index] === "other case" && index > 0 ? letter.toUpperCase() : letter;
        })
        .join(""),
    );
const pair = fc
  .tuple(
    fc.constantFrom("Action", "Action", "Version", "CidrBlock"),
    fc.constantFrom(...actions, "DescribeVpcs", "DescribeVpcs", "2016-11-15", DISGUISED_CIDR),
  )
  .chain(([key, value]) => fc.tuple(encoded(key), encoded(value)))
  .map((words) => words.join("="));
const pairs = fc.array(pair, { maxLength: 6 }).map((all) => all.join("&"));
const encodedChange: fc.Arbitrary<AwsAttempt> = fc.record({
  name: fc.constant("generated"),
  request: fc.record({
    service: fc.constantFrom("ec2", "ec2", "elasticloadbalancing", "sts", "acm", "route53", "s3"),
    method: fc.constantFrom("POST", "GET", "PUT", "DELETE"),
    target: pairs.map((query) => (query ? `/?${query}` : "/")),
    headers: fc.record({
      "content-type": fc.constantFrom(
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-amz-json-1.1",
        "application/json",
        "text/xml",
      ),
      "x-amz-target": fc.constantFrom("x.DescribeVpcs", "CreateVpc", "", "CertificateManager.x"),
    }),
    body: fc.oneof(
      pairs,
      pairs.map((text) => JSON.stringify({ text: `&${text}&` })),
    ),
  }),
});

describe("reading", () => {
  test("is answered with the reader's key and with the owner's", async () => {
    for (const key of [aws.reader, aws.owner]) {
      const answer = await aws.send(honestRead, signedWith(key));
      expect(statusOf(answer)).toBe(200);
      expect(answer).toMatch(/vpc-[0-9a-f]{17}/);
    }
  });

  test.each([
    ["no key", unsigned],
    ["a claim of a key", claiming],
    ["a key of somebody else", signedWith(another)],
  ])("is refused with %s", async (_, credentials) => {
    for (const attempt of readings) {
      const answer = await aws.send(attempt, credentials);
      expect(statusOf(answer), attempt.name).toBe(403);
      expect(answer, attempt.name).not.toMatch(/vpc-|arn:aws|Access-Control/i);
    }
  });

  test("is refused when the signature is an hour old", async () => {
    const early = (at: Date): Credentials => {
      return (request) => signedWith(aws.owner)({ ...request, at });
    };

    const [old, fresh] = await Promise.all([
      aws.send(honestRead, early(new Date(Date.now() - 3_600_000))),
      aws.send(honestRead, early(new Date())),
    ]);

    expect([statusOf(old), statusOf(fresh)]).toEqual([403, 200]);
    expect(old).toContain("RequestExpired");
  });

  test("has no page of a browser told anything", async () => {
    const page = { ...honestRead, lines: ["Origin: http://rebound.example"] };
    const answer = await aws.send(page, signedWith(aws.owner));

    expect(statusOf(answer)).toBe(403);
    expect(answer).not.toMatch(/access-control/i);
  });
});

describe("health", () => {
  test("is all that is answered without a key, and tells nothing", async () => {
    const response = await fetch(`${aws.owner.endpoint}${AWS_HEALTH_PATH}`);

    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

describe("a caller that is slow", () => {
  test("keeps nobody waiting, and is let go", async () => {
    const starts = ["", "POST / HTTP/1.1\r\n", "POST / HTTP/1.1\r\nContent-Length: 9\r\nHost: "];
    const slow = Array.from({ length: 120 }, (_, index) => {
      const socket = connect(aws.port, "127.0.0.1");
      socket.on("error", () => {}).write(starts[index % starts.length] ?? "");
      return new Promise((resolve) => socket.resume().on("close", resolve));
    });

    expect(statusOf(await aws.send(honestRead, signedWith(aws.reader)))).toBe(200);
    await Promise.all(slow);
  });
});

describe("what is too much", () => {
  test.each([
    ["a body", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999\r\n\r\n", 413],
    ["a line", `POST /${"x".repeat(70_000)} HTTP/1.1\r\n\r\n`, 414],
    ["a number of headers", `GET / HTTP/1.1\r\n${"X-A: b\r\n".repeat(200)}\r\n`, 431],
  ])("is refused: %s", async (_, text, status) => {
    const bytes = Buffer.from(text.replace("HOST", `127.0.0.1:${aws.port}`));
    expect(statusOf(await exchange(aws.port, bytes))).toBe(status);
  });
});

describe("the journal", () => {
  test("can be read by its owner alone, and holds nothing that a signature is made of", async () => {
    await aws.ec2.createVpc({ CidrBlock: "10.1.0.0/16" });

    expect(statSync(aws.paths.awsJournal).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(aws.paths.awsJournal)).mode & 0o777).toBe(0o700);
    const { accessKeyId, secretAccessKey } = aws.owner;
    for (const secret of [accessKeyId, secretAccessKey, "Signature", "x-amz-date"]) {
      expect(aws.journal()).not.toContain(secret);
    }
    const command = readFileSync(`/proc/${aws.pid()}/cmdline`, "utf8");
    expect(command).not.toContain(secretAccessKey);
  });

  test("brings back the same ids after a restart, and starts with no line but the last one broken", async () => {
    await aws.ec2.createSecurityGroup({ GroupName: "kept", Description: "kept" });
    const [state, journal] = [await aws.state(), aws.journal()];
    await aws.stop();

    writeFileSync(aws.paths.awsJournal, journal.replace("\n", "x\n"));
    await expect(aws.start()).rejects.toThrow(
      `line 1 of ${aws.paths.awsJournal} is not whole; npm stop -- --purge removes the cluster with it`,
    );

    writeFileSync(aws.paths.awsJournal, `${journal}{"action": "ec2:CreateVpc", "sco`);
    await aws.start();
    expect([await aws.state(), aws.journal()]).toEqual([state, journal]);
  });

  test("has a change not carried out when it cannot be written, and nothing of it stays", async () => {
    const before = [await aws.state(), aws.journal()];
    const limit = (bytes: string) =>
      execFileSync("prlimit", [`--pid=${aws.pid()}`, `--fsize=${bytes}:`]);
    limit(String(aws.journal().length + 20));

    const refused = await aws.send(honestChange, signedWith(aws.owner));
    const after = await aws.state();
    limit("unlimited");

    expect(statusOf(refused)).toBe(503);
    expect(refused).toContain(
      "Not carried out: the journal of this simulated AWS cannot be written",
    );
    expect(after).toBe(before[0]);
    expect(statusOf(await aws.send(honestChange, signedWith(aws.owner)))).toBe(200);
    expect(aws.journal().startsWith(before[1] ?? "")).toBe(true);
    expect(aws.journal().slice(before[1]?.length).split("\n")).toHaveLength(2);
  });
});

describe("arguments that AWS refuses", () => {
  const names = ["a\nb", "a b", 'a"b', "-a", "a-", "a_b", "x".repeat(33), "a\u0000", "internal-a"];

  test.each(names)("are no name of a load balancer: %j", async (Name) => {
    const subnets = (await aws.ec2.describeSubnets({})).Subnets ?? [];
    const make = (name: string) =>
      aws.balancing.createLoadBalancer({
        ...{ Name: name, Type: "network", Subnets: [subnets[0]?.SubnetId ?? ""] },
      });
    await expect(make(Name)).rejects.toMatchObject({ name: "ValidationError" });

    const { LoadBalancers: [made] = [] } = await make("fine-1");
    expect(made?.LoadBalancerName).toBe("fine-1");
    await aws.balancing.deleteLoadBalancer({ LoadBalancerArn: made?.LoadBalancerArn });
  });

  const group = { Name: "fine", Protocol: "TCP", Port: 80, HealthCheckProtocol: "HTTP" } as const;
  test.each([
    { Name: "a\n" },
    { HealthCheckPath: "/a\nserver evil" },
    { HealthCheckPath: "a" },
    { HealthCheckPort: "80\n" },
    { HealthCheckPort: "65536" },
    { HealthCheckIntervalSeconds: 4 },
    { Matcher: { HttpCode: "200\n" } },
    { Tags: [{ Key: "a\nb", Value: "c" }] },
    { Tags: [{ Key: "a", Value: "b\u0000" }] },
    { Port: 65_536 },
  ])("are none of a target group: %j", async (change) => {
    const VpcId = (await aws.ec2.describeVpcs({})).Vpcs?.[0]?.VpcId;
    const make = (more: object) => aws.balancing.createTargetGroup({ VpcId, ...group, ...more });
    await expect(make(change)).rejects.toMatchObject({ name: "ValidationError" });

    const fine = {
      HealthCheckPath: "/ok",
      HealthCheckPort: "81",
      Tags: [{ Key: "ä/b", Value: "c d" }],
    };
    const { TargetGroups: [made] = [] } = await make(fine);
    expect(made?.TargetGroupName).toBe("fine");
    await aws.balancing.deleteTargetGroup({ TargetGroupArn: made?.TargetGroupArn });
  });
});
