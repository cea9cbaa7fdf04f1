import { once } from "node:events";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { counted, load, loadUnderWay, runLoad } from "./load-generator.ts";

/** Listens on a free port of this machine until the test ends. */
async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined); // Clients may go at any moment.
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that does something with each connection once anything has come on it. */
const onceAsked = (act: (socket: Socket) => void) =>
  createServer((socket) => socket.on("data", () => act(socket)));

const ten = ["--rate", "20", "--seconds", "0.5"];

describe("load-generator", () => {
  test.each([
    ["reset", "the connection is reset", (socket: Socket) => socket.resetAndDestroy()],
    ["closed", "the connection ends without an answer", (socket: Socket) => socket.end()],
    ["timedOut", "there is no answer in time", () => undefined],
    [
      "status",
      "the answer is not 200",
      (socket: Socket) => socket.end("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"),
    ],
    [
      "closed",
      "the answer is not complete",
      (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
    ],
    ["other", "the answer is no HTTP", (socket: Socket) => socket.end("nonsense\r\n\r\n")],
  ])("load-generator: counts a failure as %s when %s", async (failure, _, act) => {
    const address = await listening(onceAsked(act));

    const report = await load("--target", `http://${address}/`, ...ten, "--timeout", "0.3");

    expect(report.requests).toBe(10);
    expect(counted(report)).toEqual({ [failure]: 10 });
    expect(report.failures.map((it) => it.class)).toEqual(Array(10).fill(failure));
  });

  test.each([
    ["refused", "nothing listens", "http://127.0.0.1:1/"],
    ["refused", "nothing listens for plain TCP", "tcp://127.0.0.1:1"],
    ["dns", "the name is unknown", "http://nowhere.invalid/"],
  ])("load-generator: counts a failure as %s when %s", async (failure, _, target) => {
    const report = await load("--target", target, ...ten);

    expect(counted(report)).toEqual({ [failure]: 10 });
  });

  test("load-generator: sends what is due when nothing is answered until then", async () => {
    const held: ServerResponse[] = [];
    const server = createHttpServer((_, response) => {
      if (held.push(response) === 100) for (const one of held) one.end();
    });
    const address = await listening(server);

    const report = await load("--target", `http://${address}/`, "--rate", "100", "--seconds", "1");

    expect(counted(report)).toEqual({ ok: 100 });
  });

  test("load-generator: counts what was never sent when too much is under way", async () => {
    let received = 0;
    const address = await listening(createHttpServer(() => received++));

    const report = await load(
      ...["--target", `http://${address}/`, "--rate", "100", "--seconds", "1"],
      ...["--concurrent", "10", "--timeout", "3"],
    );

    expect(counted(report)).toEqual({ timedOut: 10, neverSent: 90 });
    expect(received).toBe(10);
  });

  test("load-generator: counts what was due until then when it is stopped", async () => {
    const address = await listening(createHttpServer((_, response) => response.end()));

    const run = await loadUnderWay(
      ...["--target", `http://${address}/`, "--rate", "50", "--seconds", "600"],
    );
    run.stop();
    const report = await run.report();

    expect(report.requests).toBeGreaterThan(0);
    expect(report.requests).toBeLessThan(600 * 50);
    expect(report.requests).toBe(Math.floor(report.seconds * 50));
    expect(counted(report)).toEqual({ ok: report.requests });
  });

  test("load-generator: starts with the first answer when it is to wait for it", async () => {
    let asked = 0;
    const server = createHttpServer((_, response) => {
      response.statusCode = ++asked > 3 ? 200 : 503;
      response.end();
    });
    const address = await listening(server);

    const report = await load("--target", `http://${address}/`, ...ten, "--wait-first", "30");

    expect(counted(report)).toEqual({ ok: 10 });
    expect(asked).toBe(14);
  });

  test("load-generator: fails when there is no first answer in time", async () => {
    const run = await runLoad(
      ...["--target", "http://127.0.0.1:1/", ...ten, "--wait-first", "0.3"],
    );

    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toMatch(/^http:\/\/127.0.0.1:1\/ did not answer in 300ms: .*refused$/);
  });

  test("load-generator: names the host it is told when the target is an address", async () => {
    const hosts = new Set<string | undefined>();
    const server = createHttpServer((request, response) => {
      hosts.add(request.headers.host);
      response.end();
    });
    const address = await listening(server);

    await load("--target", `http://${address}/`, ...ten, "--host", "shop.example");

    expect([...hosts]).toEqual(["shop.example"]);
  });

  test("load-generator: sends from the addresses it is told in turn when there are several", async () => {
    const from: (string | undefined)[] = [];
    const server = createServer((socket) => {
      from.push(socket.remoteAddress);
      socket.on("data", (line) => socket.write(`echo ${line}`));
    });
    const address = await listening(server);

    const report = await load(
      ...["--target", `tcp://${address}`, ...ten, "--local-address", "127.0.0.2,127.0.0.3"],
    );

    expect(counted(report)).toEqual({ ok: 10 });
    expect(from.toSorted()).toEqual([...Array(5).fill("127.0.0.2"), ...Array(5).fill("127.0.0.3")]);
  });

  test("load-generator: takes other local ports when it runs again or keeps its connections", async () => {
    const ports: number[] = [];
    const server = createHttpServer((_, response) => response.end());
    server.on("connection", ({ remotePort }: Socket) => ports.push(remotePort ?? 0));
    const target = ["--target", `http://${await listening(server)}/`];

    for (const keep of ["0", "0", "10"]) await load(...target, ...ten, "--keep", keep);

    expect(new Set(ports).size).toBe(30);
    const kept = ports.slice(20);
    expect(Math.min(...kept)).toBeGreaterThan(Math.max(...ports.slice(0, 20)));
  });

  test("load-generator: fails when the target is public", async () => {
    const run = await runLoad("--target", "http://8.8.8.8/", ...ten);

    expect(run).toEqual({
      exitCode: 2,
      stdout: "",
      stderr:
        "--target 8.8.8.8 is 8.8.8.8: load is sent to loopback and private addresses only (RFC 1918, RFC 4193)",
    });
  });

  test.each([
    [["--rate", "5001", "--seconds", "1"], "--rate must be from 1 to 5000"],
    [["--seconds", "1"], "--rate must be from 1 to 5000"],
    [["--rate", "1"], "--seconds must be more than 0 and at most 3600"],
    [["--rate", "1", "--seconds", "3601"], "--seconds must be more than 0 and at most 3600"],
    [["--rate", "1", "--seconds", "1", "--keep", "1001"], "--keep must be from 0 to 1000"],
    [["--rate", "1", "--seconds", "NaN"], "--seconds must be more than 0 and at most 3600"],
  ])("load-generator: fails when it is given %j", async (args, reason) => {
    const run = await runLoad("--target", "http://127.0.0.1/", ...args);

    expect(run).toEqual({ exitCode: 2, stdout: "", stderr: reason });
  });
});
