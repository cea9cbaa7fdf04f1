import { text } from "node:stream/consumers";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Limits } from "../../../../../local/toolchain/releases/limits.ts";
import { type Mirror, mirrorFrom } from "../../../../../local/toolchain/releases/mirror.ts";
import {
  openTransport,
  redirected,
  type Transport,
} from "../../../../../local/toolchain/releases/transport.ts";
import {
  ReleaseUnavailable,
  Trouble,
} from "../../../../../local/toolchain/releases/unavailable.ts";
import { startHttps } from "./fake-https.ts";
import { type FakeProxy, startProxy } from "./fake-proxy.ts";
import { type FakePublishers, hangs, redirects, startPublishers } from "./fake-publishers.ts";
import { patience } from "./patience.ts";
import { shortLimits } from "./short-limits.ts";

const address = "https://dl.example/v1/program";

let publishers: FakePublishers;
const open: { close: () => Promise<void> }[] = [];

beforeEach(async () => {
  publishers = await startPublishers();
  open.push(publishers);
});

afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

function transport(
  env: NodeJS.ProcessEnv = {},
  how: { mirror?: Mirror | undefined; limits?: Limits } = {},
) {
  const mirror = "mirror" in how ? how.mirror : { base: publishers.base, authorization: undefined };
  const opened = openTransport({ env, limits: how.limits ?? shortLimits, mirror });
  open.push(opened);
  return opened;
}

const get = async (way: Transport, at = address) => text((await way.ask({ address: at })).body);

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "success",
    (error: unknown) => error,
  );

async function proxy(wants?: string): Promise<FakeProxy> {
  const started = await startProxy(wants === undefined ? {} : { wants });
  open.push(started);
  return started;
}

describe("redirected", patience, () => {
  const at = new URL("https://dl.k8s.io/a/b");

  test.each([
    ["https://cdn.example/b", "https://cdn.example/b"],
    ["/c", "https://dl.k8s.io/c"],
    ["c", "https://dl.k8s.io/a/c"],
  ])("redirected: leads on when the location is %s", (location, expected) => {
    expect(redirected(at, location).href).toBe(expected);
  });

  test.each(["http://cdn.example/b", "ftp://cdn.example/b", "https://:x"])(
    "redirected: fails when it leaves https for %s",
    (location) => {
      expect(() => redirected(at, location)).toThrow("must stay on https");
    },
  );

  test("redirected: leads from http to http when a mirror is reached so", () => {
    expect(redirected(new URL("http://mirror.example/a"), "/b").href).toBe(
      "http://mirror.example/b",
    );
  });
});

describe("openTransport", patience, () => {
  test("openTransport: yields a body when the file is there", async () => {
    publishers.serve(address, "hello");

    expect(await get(transport())).toBe("hello");
  });

  test("openTransport: follows redirects, with the range that was asked for", async () => {
    publishers.serve(address, redirects("/cdn.example/x"));
    publishers.serve("https://cdn.example/x", redirects(`${publishers.base}/cdn.example/y`));
    publishers.serve("https://cdn.example/y", "hello");

    const answer = await transport().ask({ address, headers: { range: "bytes=2-" } });

    expect([answer.status, await text(answer.body)]).toEqual([206, "llo"]);
  });

  test("openTransport: fails when redirects go round in circles", async () => {
    publishers.serve(address, redirects("/dl.example/v1/program"));

    expect(String(await failure(get(transport())))).toContain("it redirects more than 5 times");
    expect(publishers.seen).toHaveLength(6);
  });

  test("openTransport: shows the mirror's credentials to the mirror, and to nobody it leads to", async () => {
    const elsewhere = await startPublishers();
    open.push(elsewhere);
    elsewhere.serve("https://x/y", "hello");
    publishers.serve(address, redirects(`${elsewhere.base}/x/y`));
    const base = publishers.base.replace("//", "//joe:secret@");
    const mirror = mirrorFrom({ PULUMI_KUBERNETES_SERVICES_MIRROR: base });

    await get(transport({}, { mirror: mirror as Mirror }));

    expect(publishers.seen.map((it) => it.authorization)).toEqual([
      `Basic ${Buffer.from("joe:secret").toString("base64")}`,
    ]);
    expect(elsewhere.seen.map((it) => it.authorization)).toEqual([undefined]);
  });

  test("openTransport: goes through the proxy when the environment names one", async () => {
    publishers.serve(address, "hello");
    const { address: HTTP_PROXY, asked } = await proxy();

    expect(await get(transport({ HTTP_PROXY }))).toBe("hello");
    expect(asked).toEqual([`${publishers.base}/dl.example/v1/program`]);
  });

  test("openTransport: goes past the proxy when NO_PROXY names the host", async () => {
    publishers.serve(address, "hello");
    const { address: HTTP_PROXY, asked } = await proxy();

    expect(await get(transport({ HTTP_PROXY, NO_PROXY: "127.0.0.1" }))).toBe("hello");
    expect(asked).toEqual([]);
  });

  test("openTransport: says name and password when the proxy's address has them", async () => {
    publishers.serve(address, "hello");
    const { address: at, credentials } = await proxy("joe:p@ss");
    const HTTP_PROXY = at.replace("//", "//joe:p%40ss@");

    expect(await get(transport({ HTTP_PROXY }))).toBe("hello");
    expect(credentials).toEqual([`Basic ${Buffer.from("joe:p@ss").toString("base64")}`]);
  });

  test.each([
    [true, "hello"],
    [false, "its certificate is not trusted"],
  ])(
    "openTransport: reaches a publisher over https through a proxy when its certificate is trusted: %s",
    async (trusted, expected) => {
      const publisher = await startHttps("dl.example", "hello");
      const through = await startProxy({ tunnelsTo: publisher.port });
      open.push(publisher, through);
      const before = getCACertificates("default");
      if (trusted) setDefaultCACertificates([...before, publisher.certificate]);

      const way = transport({ HTTPS_PROXY: through.address }, { mirror: undefined });
      const got = await get(way)
        .catch(String)
        .finally(() => setDefaultCACertificates(before));

      expect(got).toContain(expected);
      expect(through.asked).toContain("CONNECT dl.example:443");
    },
  );

  test("openTransport: fails telling how to say them when a proxy for http asks for credentials", async () => {
    publishers.serve(address, "hello");
    const { address: HTTP_PROXY } = await proxy("joe:secret");

    const error = await failure(get(transport({ HTTP_PROXY })));

    expect(error).toMatchObject({ trouble: Trouble.Lasting });
    expect(String(error)).toContain(`the proxy ${HTTP_PROXY} asks for a name and password (407)`);
    expect(publishers.seen).toEqual([]);
  });

  test("openTransport: fails telling how to say them when a proxy for https asks for credentials", async () => {
    const { address: HTTPS_PROXY, asked } = await proxy("joe:secret");

    const error = await failure(get(transport({ HTTPS_PROXY }, { mirror: undefined })));

    expect(error).toMatchObject({ trouble: Trouble.Lasting });
    expect(String(error)).toContain(
      "write them into HTTPS_PROXY as http://USER:PASSWORD@127.0.0.1",
    );
    expect(asked).toEqual(["CONNECT dl.example:443"]);
  });

  test("openTransport: fails as unavailable when nobody listens", async () => {
    const mirror = { base: "http://127.0.0.1:1", authorization: undefined };

    const error = await failure(get(transport({}, { mirror })));

    expect(error).toBeInstanceOf(ReleaseUnavailable);
    expect(String(error)).toContain(
      "http://127.0.0.1:1/dl.example/v1/program: connections are refused",
    );
  });

  test("openTransport: fails as unavailable when no answer comes in time", async () => {
    publishers.serve(address, hangs);
    const limits = { ...shortLimits, answerMilliseconds: 50 };

    expect(String(await failure(get(transport({}, { limits }))))).toContain(
      "no answer within 0.05 s",
    );
  });

  test("openTransport: fails as unavailable when a proxy lets it wait for the connection", async () => {
    const started = await startProxy({ hangs: true });
    open.push(started);
    const limits = { ...shortLimits, answerMilliseconds: 50 };
    const way = transport({ HTTPS_PROXY: started.address }, { limits, mirror: undefined });

    expect(String(await failure(get(way)))).toContain("no answer within 0.05 s");
  });

  test("openTransport: fails with the signal's reason when it is aborted", async () => {
    const reason = new Error("Ctrl-C");

    const asking = transport().ask({ address, signal: AbortSignal.abort(reason) });

    await expect(asking).rejects.toBe(reason);
    expect(publishers.seen).toEqual([]);
  });
});
