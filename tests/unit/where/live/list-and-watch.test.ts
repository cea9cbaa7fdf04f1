import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpApi } from "../../../../where/api/http-api.ts";
import {
  listAndWatch,
  secondsIn,
  type WatchUpdate,
} from "../../../../where/live/list-and-watch.ts";
import { FakeApi } from "../../../shared/where/fake-api.ts";

const PODS = "/api/v1/namespaces/shop/pods";
const pod = (name: string, phase = "Running") => ({ metadata: { name }, status: { phase } });

let api: FakeApi;
let ending: AbortController;

beforeEach(async () => {
  api = await new FakeApi().start();
  api.serve(PODS);
  ending = new AbortController();
});

afterEach(async () => {
  ending.abort();
  await api.stop();
});

/** The updates, each in a few words, one at a time. */
function watched(silenceMilliseconds = 60_000, pauseMilliseconds = 1) {
  const timing = {
    silenceMilliseconds,
    answerMilliseconds: silenceMilliseconds,
    pause: () => pauseMilliseconds,
  };
  const updates = listAndWatch(httpApi(api.access), PODS, { signal: ending.signal, timing });
  const next = async () => inWords((await updates.next()).value as WatchUpdate);
  return {
    next,
    /** Skips what comes before. */
    until: async (words: string) => {
      let found = await next();
      while (found !== words) {
        if (found === "end") throw new Error(`The watch ended before "${words}"`);
        found = await next();
      }
    },
    updates,
  };
}

function inWords(update: WatchUpdate | undefined): string {
  const nameOf = ({ metadata }: { metadata?: object }) => (metadata as { name: string }).name;
  switch (update?.type) {
    case "snapshot":
      return `snapshot ${update.objects.map(nameOf).join(" ")}`.trim();
    case "changed":
    case "deleted":
      return `${update.type} ${nameOf(update.object)}`;
    case "trouble":
      return `trouble: ${update.reason}`;
    default:
      return update?.type ?? "end";
  }
}

describe("listAndWatch", () => {
  test("gives what there is, then each change", async () => {
    api.put(PODS, pod("a"));
    const { next } = watched();

    expect(await next()).toBe("snapshot a");
    expect(await next()).toBe("live");
    api.put(PODS, pod("b"));
    expect(await next()).toBe("changed b");
    api.remove(PODS, "a");
    expect(await next()).toBe("deleted a");
  });

  test("lists a large collection in parts", async () => {
    for (let index = 0; index < 501; index++) api.put(PODS, pod(`pod-${index}`));
    const { updates } = watched();

    const { value } = await updates.next();

    expect(value).toMatchObject({ type: "snapshot", objects: { length: 501 } });
    expect(api.requests).toEqual([`${PODS}?limit=500`, `${PODS}?limit=500&continue=500`]);
  });

  test("goes on where it was when the connection is cut, without a list", async () => {
    const { next, until } = watched();
    await until("live");

    api.cut();
    api.put(PODS, pod("meanwhile"));

    expect(await next()).toMatch(/^trouble: unreachable/);
    expect(await next()).toBe("live");
    expect(await next()).toBe("changed meanwhile");
    expect(api.requests.filter((it) => it.includes("limit"))).toHaveLength(1);
  });

  test("goes on after bookmarks from the version that they name", async () => {
    const { until } = watched();
    await until("live");

    api.expire();
    api.bookmark();
    api.endWatches();
    api.put(PODS, pod("later"));
    await until("changed later");

    const versions = api.requests.flatMap((it) => /resourceVersion=(\d+)/.exec(it)?.[1] ?? []);
    expect(versions).toEqual(["100", "102"]);
  });

  test("lists anew when the server says 410", async () => {
    api.put(PODS, pod("a"));
    const { next, until } = watched();
    await until("live");

    api.remove(PODS, "a");
    await until("deleted a");
    api.put(PODS, pod("b"));
    await until("changed b");
    api.expire();
    api.cut();

    expect(await next()).toMatch(/^trouble/);
    expect(await next()).toBe("live");
    expect(await next()).toBe("snapshot b");
  });

  test.each([
    ["goes on where it was after a short while", 1, "changed new"],
    ["lists anew after a longer one", 2, "snapshot new"],
  ])("works after a restart of the server: %s", async (_, refused, found) => {
    const { until } = watched();
    await until("live");

    await api.stop();
    for (let times = 0; times < refused; times++) {
      await until("trouble: unreachable (ECONNREFUSED)");
    }
    api.put(PODS, pod("new"));
    await api.start();

    await until(found);
  });

  test("opens a watch anew that is silent", async () => {
    const { until } = watched(30);
    await until("live");

    api.hang(true);
    await until("trouble: timed out");
    await until("trouble: timed out");
    api.hang(false);

    await until("live");
  });

  test.each([
    [403, "forbidden"],
    [401, "not authenticated"],
    [404, "not served"],
    [503, "HTTP status 503"],
  ])("asks again after status %i", async (status, reason) => {
    api.refuse(PODS, status);
    const { next, until } = watched();

    expect(await next()).toBe(`trouble: ${reason}`);
    api.refuse(PODS, 200);

    await until("snapshot");
  });

  test.each([
    ["the seconds that the server asks for", "1", 1, 1000],
    ["the usual pause where the server names a date", "Wed, 02 Dec 2026 10:00:00 GMT", 300, 300],
  ])("waits %s", async (_, retryAfter, pause, least) => {
    api.refuse(PODS, 503, { "retry-after": retryAfter });
    const { next, until } = watched(60_000, pause);

    expect(await next()).toBe("trouble: HTTP status 503");
    const start = performance.now();
    api.refuse(PODS, 200);
    await until("snapshot");

    // Timers may fire a millisecond early.
    expect(performance.now() - start).toBeGreaterThan(least - 20);
  });

  test("throws nothing away that its reader throws", async () => {
    api.put(PODS, pod("a"));
    const { updates } = watched();

    const reading = (async () => {
      for await (const update of updates) throw new Error(`a bug at ${update.type}`);
    })();

    await expect(reading).rejects.toThrow("a bug at snapshot");
  });

  test("ends when it is told to", async () => {
    const { next, until } = watched();
    await until("live");

    const last = next();
    ending.abort();

    expect(await last).toBe("end");
  });
});

describe("secondsIn", () => {
  test.each([
    ["5", 5],
    ["Wed, 02 Dec 2026 10:00:00 GMT", 0],
    [undefined, 0],
  ])("takes %j as %i seconds", (header, seconds) => {
    expect(secondsIn(header)).toBe(seconds);
  });
});
