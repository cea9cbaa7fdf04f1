import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Clock } from "../../../../components/readiness/poll.ts";
import {
  awaitReachable,
  type ReachOptions,
} from "../../../../components/readiness/reachable/await-reachable.ts";
import type { Front } from "../../../../components/readiness/reachable/front.ts";
import { PATIENCE, type Patience } from "../../../../components/readiness/reachable/try-port.ts";
import { writeCertificates } from "../../../../local/cluster/certificates.ts";
import { freePort, http, listening, tcp } from "./servers.ts";

const LOCAL = { address: "127.0.0.1", family: 4 };
const HOST = "front.example";

/** Where something never comes, the test need not wait for it as long as an update. */
const SHORT_OPEN: Patience = { ...PATIENCE, openMilliseconds: 10 };
const SHORT_TRY: Patience = { ...PATIENCE, tryMilliseconds: 50 };

type Asked = Partial<ReachOptions> & { readonly host?: string };

/** A clock that stands still but for the pauses, which take no time: in them happens what is said. */
function jumping(meanwhile: () => unknown = () => undefined): Clock {
  let now = 0;
  return {
    now: () => now,
    pause: async (milliseconds) => {
      now += milliseconds;
      await meanwhile();
    },
  };
}

/** Waits for a load balancer that leads to this machine, and says how that ended and what was waited for. */
async function outcome(port: Front["ports"][number], { host = HOST, ...options }: Asked = {}) {
  const progress: string[] = [];
  const wait = awaitReachable(
    { host, ports: [port] },
    {
      seconds: 20,
      isInternal: false,
      progress: (text) => progress.push(text),
      addressesOf: async () => [LOCAL],
      clock: jumping(),
      ...options,
    },
  );
  const ended = await wait.then(
    () => "reached",
    (error: Error) => error.message,
  );
  return { ended, progress };
}

const overHttp = (port: number): Front["ports"][number] => ({
  port,
  url: `http://${HOST}:${port}`,
});
const ADVICE =
  "; check that its targets are healthy and that security groups and source ranges admit this machine, or set " +
  "args.reachableWithinSeconds to 0";

describe("awaitReachable", () => {
  test("awaitReachable: asks once, with the name that users give, when there is an answer", async () => {
    const requests: string[] = [];
    const port = await listening(http([200], requests));

    const { ended, progress } = await outcome(overHttp(port));

    expect(ended).toBe("reached");
    expect(progress).toEqual([]);
    expect(requests).toEqual([`GET / of ${HOST}:${port}`]);
  });

  test.each([204, 301, 401, 404, 500, 501])(
    "awaitReachable: ends when the status is %i",
    async (status) => {
      const answer = `HTTP/1.1 ${status} Whatever\r\nlocation: http://elsewhere.example/\r\n\r\n`;
      const port = await listening(tcp((socket) => socket.end(answer)));

      expect((await outcome(overHttp(port), { seconds: 0 })).ended).toBe("reached");
    },
  );

  test.each([502, 503, 504])("awaitReachable: goes on when the status is %i", async (status) => {
    const port = await listening(http([status, 200]));

    const { ended, progress } = await outcome(overHttp(port));

    expect(ended).toBe("reached");
    expect(progress).toEqual([
      `Waiting for an answer from http://${HOST}:${port} at 127.0.0.1: HTTP ${status}`,
    ]);
  });

  test("awaitReachable: ends when a port for HTTP answers in another language", async () => {
    const port = await listening(tcp((socket) => socket.end("220 mail.example ready\r\n")));

    expect((await outcome(overHttp(port), { seconds: 0 })).ended).toBe("reached");
  });

  test.each([
    ["of HTTP", overHttp],
    ["of another language", (port: number) => ({ port })],
  ])("awaitReachable: goes on when a port %s is opened later", async (_, asked) => {
    const port = await freePort();
    let opened: Promise<number> | undefined;
    const progress = () => {
      opened ??= listening(http([200]), { port });
    };

    // The next try comes when the port is open, and not before.
    const clock = jumping(() => opened);

    const { ended } = await outcome(asked(port), { clock, patience: SHORT_OPEN, progress });

    expect(ended).toBe("reached");
    expect(opened).toBeDefined();
  });

  test("awaitReachable: ends when a connection stays open in silence", async () => {
    const port = await listening(tcp(() => undefined));

    const { ended } = await outcome({ port }, { patience: SHORT_OPEN, seconds: 0 });

    expect(ended).toBe("reached");
  });

  test("awaitReachable: ends when a connection brings something, even if it is closed then", async () => {
    const port = await listening(tcp((socket) => socket.end("the time is 12:00\n")));

    expect((await outcome({ port }, { seconds: 0 })).ended).toBe("reached");
  });

  test("awaitReachable: ends when the certificate is for other names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "certificates-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await writeCertificates((file) => join(folder, file));
    const [key, cert] = ["server.key", "server.crt"].map((file) =>
      readFileSync(join(folder, file)),
    );
    const names: unknown[] = [];
    const server = createTlsServer({ key, cert }, (_, response) => response.end());
    server.on("secureConnection", ({ servername }) => names.push(servername));
    const port = await listening(server);

    const { ended } = await outcome({ port, url: `https://${HOST}:${port}` }, { seconds: 0 });

    expect(ended).toBe("reached");
    expect(names).toEqual([HOST]);
  });

  test("awaitReachable: goes on when the name is found only later", async () => {
    const port = await listening(http([200]));
    let known = false;
    const said: string[] = [];

    const { ended } = await outcome(overHttp(port), {
      addressesOf: async () => {
        if (known) return [LOCAL];
        throw Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
      },
      progress: (text) => {
        said.push(text);
        known = true;
      },
    });

    expect(ended).toBe("reached");
    expect(said).toEqual([`Waiting for an answer from ${HOST}: the name is not found`]);
  });

  test("awaitReachable: asks an IP address as it is", async () => {
    const requests: string[] = [];
    const port = await listening(http([503], requests));
    const host = "127.0.0.1";
    const url = `http://${host}:${port}`;
    const progress = () => undefined;

    const wait = awaitReachable(
      { host, ports: [{ port, url }] },
      { seconds: 0, isInternal: false, progress },
    );

    await expect(wait).rejects.toThrow(
      `${host} has not answered this machine within 0 s, last: ${url}: HTTP 503${ADVICE}`,
    );
    expect(requests).toEqual([`GET / of ${host}:${port}`]);
  });
});

describe("awaitReachable at its limit", () => {
  test.each<[string, string, (port: number) => Front["ports"][number], Parameters<typeof tcp>[0]]>([
    [
      "closes connections at once",
      "accepted and closed at once",
      (port) => ({ port }),
      (socket) => socket.end(),
    ],
    [
      "resets connections",
      "closed without an answer",
      (port) => ({ port }),
      (socket) => socket.resetAndDestroy(),
    ],
    [
      "closes connections without an answer to HTTP",
      "closed without an answer",
      overHttp,
      (socket) => socket.end(),
    ],
  ])("awaitReachable: fails when a port %s", async (_, failure, asked, onConnection) => {
    const port = await listening(tcp(onConnection));
    const { url = `${HOST} port ${port}` } = asked(port);

    expect((await outcome(asked(port), { seconds: 1 })).ended).toBe(
      `${HOST} has not answered this machine within 1 s, last: ${url} at 127.0.0.1: ${failure}${ADVICE}`,
    );
  });

  test("awaitReachable: fails when a port takes requests and is silent", async () => {
    const port = await listening(tcp(() => undefined));

    const { ended } = await outcome(overHttp(port), { patience: SHORT_TRY, seconds: 1 });

    expect(ended).toBe(
      `${HOST} has not answered this machine within 1 s, last: http://${HOST}:${port} at 127.0.0.1: timed out${ADVICE}`,
    );
  });

  test("awaitReachable: fails when a port refuses connections", async () => {
    const port = await freePort();

    const { ended, progress } = await outcome({ port }, { seconds: 1, isInternal: true });

    const last = `${HOST} port ${port} at 127.0.0.1: refused`;
    expect(progress).toEqual([`Waiting for an answer from ${last}`]);
    expect(ended).toBe(
      `${HOST} has not answered this machine within 1 s, last: ${last}${ADVICE}; an internal address answers only inside its network`,
    );
  });

  test("awaitReachable: fails when one of the name's addresses does not answer", async () => {
    const port = await listening(http([200]));
    const addressesOf = async () => [
      LOCAL,
      { address: "127.0.0.2", family: 4 },
      { address: "::1", family: 6 },
    ];

    const { ended } = await outcome(overHttp(port), { addressesOf, seconds: 0 });

    expect(ended).toBe(
      `${HOST} has not answered this machine within 0 s, last: http://${HOST}:${port} at 127.0.0.2: refused${ADVICE}`,
    );
  });

  test("awaitReachable: fails when the name has only an IPv6 address and that does not answer", async () => {
    const port = await freePort();
    const addressesOf = async () => [{ address: "::1", family: 6 }];

    const { ended } = await outcome({ port }, { addressesOf, seconds: 0 });

    expect(ended).toContain(`last: ${HOST} port ${port} at ::1: `);
  });

  test("awaitReachable: asks less and less often, and once more at the end, when there is no answer", async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const begin = Date.now();
    const asked: number[] = [];
    let ended: string | undefined;
    const addressesOf = async () => {
      asked.push(Date.now() - begin);
      throw Object.assign(new Error("getaddrinfo"), { code: "EAI_AGAIN" });
    };

    awaitReachable(
      { host: HOST, ports: [{ port: 80 }] },
      { seconds: 20, isInternal: false, progress: () => undefined, addressesOf },
    ).catch((error: Error) => {
      ended = error.message;
    });
    while (ended === undefined) await vi.advanceTimersByTimeAsync(500);

    expect(asked).toEqual([0, 500, 1500, 3500, 7500, 12_500, 17_500, 20_000]);
    expect(ended).toContain(`within 20 s, last: ${HOST}: no name server answers;`);
  });

  test("awaitReachable: fails when this machine finds no such name", async () => {
    const host = "front.invalid";
    const wait = awaitReachable(
      { host, ports: [{ port: 80 }] },
      { seconds: 0, isInternal: false, progress: () => undefined },
    );

    await expect(wait).rejects.toThrow(
      /^front\.invalid has not answered .* last: front\.invalid: (the name is not found|no name server answers);/,
    );
  });
});
