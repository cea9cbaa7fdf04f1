import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { keptConnection, startApplication } from "./demo-application.ts";
import { load, loadUnderWay } from "./load-generator.ts";

const ask = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await execa(inject("demoApplication"), ["ask", ...args], {
    reject: false,
  });
  return { exitCode, stdout, stderr };
};

/** Says one line at a time over one plain connection. */
async function plainConnection(address: string) {
  const [host, port] = address.split(":");
  const socket = connect(Number(port), host);
  onTestFinished(() => void socket.destroy());
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  await once(socket, "connect");
  return {
    async say(line: string) {
      socket.write(`${line}\n`);
      return (await answers.next()).value;
    },
    ended: async () => (await answers.next()).done,
  };
}

// Longer than any test may take: what ends sooner has not waited for it.
const patient = { DRAIN_SECONDS: "300" };

describe("demo-application", () => {
  test("demo-application: ends a request under way when it is told to stop", async () => {
    const application = await startApplication();
    const client = keptConnection(application.url);
    await client.send("/hostname"); // Its connection is accepted.

    const slow = client.send("/slow?seconds=1");
    await application.stop();

    expect(await slow).toEqual({
      status: 200,
      connection: "close",
      body: `${application.hostname}\n`,
    });
    expect(await application.exitCode()).toBe(0);
    expect(application.events.map(({ msg }) => msg)).toEqual([
      "started",
      "told to stop",
      "drained",
    ]);
  });

  test("demo-application: answers once more on an idle connection when it is told to stop", async () => {
    const application = await startApplication(patient);
    const client = keptConnection(application.url);
    const before = await client.send("/readyz");

    await application.stop();

    expect(before).toEqual({ status: 200, connection: undefined, body: "ok\n" });
    expect(await client.send("/readyz")).toEqual({
      status: 503,
      connection: "close",
      body: "stopping\n",
    });
    expect(await application.exitCode()).toBe(0);
  });

  test("demo-application: takes no new connection when it is told to stop", async () => {
    const application = await startApplication(patient);
    const kept = keptConnection(application.url);
    await kept.send("/hostname");

    await application.stop();

    await expect(keptConnection(application.url).send("/hostname")).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
    expect(await kept.send("/hostname")).toMatchObject({ status: 200 });
  });

  test("demo-application: closes idle connections when the time for draining has passed", async () => {
    const application = await startApplication({ DRAIN_SECONDS: "0" });
    const client = keptConnection(application.url);
    const plain = await plainConnection(application.tcp);
    await client.send("/hostname");
    await plain.say("a");

    await application.stop();

    expect(await plain.ended()).toBe(true);
    expect(await application.exitCode()).toBe(0);
  });

  test("demo-application: loses requests when draining is off", async () => {
    const application = await startApplication({ DRAIN: "off" });
    const client = keptConnection(application.url);
    await client.send("/hostname");

    const slow = client.send("/slow?seconds=30").catch((error: Error) => error);
    await application.stop();

    expect(await slow).toMatchObject({ code: "ECONNRESET" });
    expect(await application.exitCode()).toBe(0);
    expect(application.events.map(({ msg }) => msg)).toEqual(["started", "told to stop"]);
  });

  test.each([
    ["http", "on", "nothing"],
    ["tcp", "on", "nothing"],
    ["http", "off", "requests"],
  ])(
    "demo-application: loses on kept connections over %s with draining %s only %s when it is told to stop under load",
    async (scheme, drain, lost) => {
      const application = await startApplication({ DRAIN: drain });
      const target =
        scheme === "http" ? `${application.url}/slow?seconds=0.2` : `tcp://${application.tcp}`;
      const flags = ["--rate", "200", "--seconds", "3", "--keep", "60"];

      const run = await loadUnderWay("--target", target, ...flags);
      await application.stop();
      const report = await run.report();

      expect(report.requests).toBe(600);
      expect(report.classes["ok"]).toBeGreaterThan(0);
      const onKept = report.failures.filter(({ newConnection }) => !newConnection);
      expect(onKept.length > 0).toBe(lost === "requests");
      const classesOfNew = report.failures.filter((it) => it.newConnection).map((it) => it.class);
      if (drain === "on") expect([...new Set(classesOfNew)]).toEqual(["refused"]);
    },
  );

  test("demo-application: ends a plain connection with its next answer when it is told to stop", async () => {
    const application = await startApplication(patient);
    const client = await plainConnection(application.tcp);
    const before = await client.say("one");

    await application.stop();

    expect(before).toBe(`${application.hostname} one`);
    expect(await client.say("two")).toBe(`${application.hostname} two`);
    expect(await client.ended()).toBe(true);
    expect(await application.exitCode()).toBe(0);
  });

  test("demo-application: is unready when a command in its Pod makes it so", async () => {
    const { url } = await startApplication();

    expect(await ask("--post", `${url}/unready`)).toMatchObject({ exitCode: 0 });
    expect(await ask(`${url}/readyz`)).toEqual({
      exitCode: 1,
      stdout: "made unready",
      stderr: `${url}/readyz: answered 503 Service Unavailable`,
    });
    expect(await ask("--post", `${url}/ready`)).toMatchObject({ exitCode: 0 });
    expect(await ask(`${url}/readyz`)).toMatchObject({ exitCode: 0, stdout: "ok" });
  });

  test("demo-application: shows what its back ends answer when the environment names them", async () => {
    const backEnd = createServer((_, response) => response.end("<script>"));
    backEnd.listen(0, "127.0.0.1");
    await once(backEnd, "listening");
    onTestFinished(() => void backEnd.close());
    const { port } = backEnd.address() as AddressInfo;
    const application = await startApplication({
      ORDERS_URL: `http://user:hidden@127.0.0.1:${port}`,
      GONE_URL: "http://127.0.0.1:1",
      OTHER_URL: "amqp://127.0.0.1",
    });
    const client = keptConnection(application.url);

    const plain = await client.send("/");
    const html = await client.send("/", { accept: "text/html,*/*" });

    expect(plain.status).toBe(200);
    expect(plain.body).toContain(`Pod:        ${application.hostname}\n`);
    expect(plain.body).toContain(`Reached by: ${new URL(application.url).host}\n`);
    expect(plain.body).toContain(
      `ORDERS_URL http://user:xxxxx@127.0.0.1:${port} answers:\n  <script>`,
    );
    expect(plain.body).toMatch(/GONE_URL http:\S+ does not answer: .*connection refused/);
    expect(plain.body).not.toMatch(/hidden|OTHER_URL/);
    expect(html.body).toMatch(/^<!doctype html>/);
    expect(html.body).toContain("&lt;script&gt;");
    expect(html.body).not.toContain("<script>");
  });

  test("demo-application: asks no further when back ends name each other", async () => {
    const first = await startApplication();
    const second = await startApplication({ FIRST_URL: first.url });
    const third = await startApplication({ SECOND_URL: second.url });

    const { body } = await keptConnection(third.url).send("/");

    expect(body).toContain("SECOND_URL");
    expect(body).not.toContain("FIRST_URL");
  });

  test.each([
    ["GET", "/livez", 200, "ok\n"],
    ["GET", "/nothing", 404, "404 page not found\n"],
    ["POST", "/", 405, "Method Not Allowed\n"],
    ["GET", "/slow?seconds=301", 400, "seconds must be a number from 0 to 300\n"],
    ["GET", "/slow?seconds=NaN", 400, "seconds must be a number from 0 to 300\n"],
  ])(
    "demo-application: answers as it should when it is asked %s %s",
    async (method, path, status, body) => {
      const { url } = await startApplication();

      expect(await keptConnection(url).send(path, { method })).toMatchObject({ status, body });
    },
  );

  test("demo-application: asks over TCP and tells why when there is no answer", async () => {
    const { tcp, hostname } = await startApplication();

    expect(await ask("--tcp", tcp)).toMatchObject({ exitCode: 0, stdout: `${hostname} hello` });
    expect(await ask("--tcp", "127.0.0.1:1")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "127.0.0.1:1: dial tcp 127.0.0.1:1: connect: connection refused",
    });
  });

  test.each([
    [{ DRAIN: "perhaps" }, 'DRAIN is "perhaps", must be on or off'],
    [{ DRAIN_SECONDS: "-1" }, 'DRAIN_SECONDS is "-1", must be a number from 0 to 300'],
    [{ START_SECONDS: "soon" }, 'START_SECONDS is "soon", must be a number from 0 to 300'],
  ])("demo-application: fails to start when a setting is wrong, as in %o", async (env, stderr) => {
    const result = await execa(inject("demoApplication"), { env, reject: false });

    expect(result).toMatchObject({ exitCode: 2, stderr });
  });

  test("demo-application: carries load over new connections when nothing happens", async () => {
    const { url } = await startApplication();

    const report = await load("--target", `${url}/hostname`, "--rate", "100", "--seconds", "1");

    expect(report).toMatchObject({ requests: 100, classes: { ok: 100 }, failures: [] });
    expect(report.connections.opened).toBe(100);
  });
});
