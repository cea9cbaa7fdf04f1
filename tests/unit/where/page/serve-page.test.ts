import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PageModel } from "../../../../where/page/model/page-model.ts";
import { applyPatch, type ModelPatch } from "../../../../where/page/model/patch.ts";
import { withoutSecrets } from "../../../../where/page/server/object-yaml.ts";
import { pathOf, type ServedShop, serveShop } from "../../../shared/where/served-shop.ts";
import { appObjects, podOf, shopObjects } from "../../../shared/where/shop.ts";

let shop: ServedShop;

beforeEach(async () => {
  shop = await serveShop(shopObjects(appObjects("web", [podOf("web", "1"), podOf("web", "2")])));
});

afterEach(async () => {
  await shop.close();
  expect(shop.errors).toEqual([]);
});

const ask = (path: string) => fetch(new URL(path, shop.page.url));

/** The models that a page is sent, one after another. */
async function* models(): AsyncGenerator<PageModel> {
  const { body } = await ask("events");
  let model: PageModel | undefined;
  let text = "";
  for await (const piece of body ?? []) {
    const events = (text + new TextDecoder().decode(piece)).split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const [, name, data = ""] = /event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      if (name === "model") model = JSON.parse(data) as PageModel;
      if (name === "patch" && model) model = applyPatch(model, JSON.parse(data) as ModelPatch);
      if (name !== undefined && model) yield model;
    }
  }
}

async function until(from: AsyncGenerator<PageModel>, holds: (model: PageModel) => boolean) {
  for (;;) {
    const { done, value } = await from.next();
    if (done) throw new Error("The connection ended");
    if (holds(value)) return value;
  }
}

const states = ({ cells }: PageModel) => cells.map(({ id, state }) => `${id} ${state}`).join();

describe("servePage", () => {
  test("sends what there is, then what changes", async () => {
    const sent = models();
    await until(sent, (model) => states(model) === "1 fine,2 fine");

    shop.api.remove(pathOf("pods"), "web-1");
    shop.api.put(pathOf("pods"), podOf("web", "3") as never);

    await until(sent, (model) => states(model) === "1 gone,2 fine,3 fine");
    await sent.return(undefined);
  });

  test("says what it cannot see while the API server is away, and goes on after", async () => {
    const sent = models();
    await until(sent, ({ facts }) => facts.notSeen.length === 0);

    await shop.api.stop();
    await until(sent, ({ facts }) => facts.notSeen.some((it) => it.includes("unreachable")));
    shop.api.put(pathOf("pods"), podOf("web", "3") as never);
    await shop.api.start();

    const model = await until(sent, (it) => it.facts.notSeen.length === 0 && it.cells.length === 3);
    expect(states(model)).toBe("1 fine,2 fine,3 fine");
    await sent.return(undefined);
  });

  test("ends the watch when nobody looks any more", async () => {
    const sent = models();
    await until(sent, () => true);
    const open = shop.api.watching();
    expect(open).toBeGreaterThan(0);

    await sent.return(undefined);

    await shop.api.untilWatching(0);
  });

  test.each(["page.css", "page.js", ""])(
    "serves %s with a policy that allows nothing else",
    async (path) => {
      const answer = await ask(path);

      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      // A source map, a font or a link would be asked elsewhere; names of namespaces are not.
      const addresses = (await answer.text()).match(/https?:\/\/[^"'`\s)]+/g) ?? [];
      expect(addresses.filter((it) => !it.startsWith("http://www.w3.org/"))).toEqual([]);
    },
  );

  test("is closed to those who do not know the token", async () => {
    const { origin } = new URL(shop.page.url);

    const answers = await Promise.all(
      ["/", "/events", "/yaml", "/x/events"].map((it) => fetch(origin + it)),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  test("gives an object as YAML, without the values of its environment and what a probe sends along", async () => {
    const httpHeaders = [{ name: "Authorization", value: "hunter2" }];
    const readinessProbe = { httpGet: { path: "/ready?token=hunter2", port: 80, httpHeaders } };
    const container = { name: "c", env: [{ name: "A", value: "hunter2" }], readinessProbe };
    const pod = podOf("web", "9", { spec: { containers: [container] } as never });
    shop.api.put(pathOf("pods"), pod as never);

    const answer = await ask("yaml?kind=Pod&name=web-9");

    const text = await answer.text();
    expect(text).toContain("name: web-9");
    expect(text).toContain("value: (hidden)");
    expect(text).toContain("path: /ready?…");
    expect(text).not.toContain("hunter2");
  });

  test.each([
    [403, "Cannot read Pod web-1: HTTP 403"],
    [404, "Pod web-1 does not exist any more"],
  ])("says what status %i means for an object", async (status, text) => {
    shop.api.refuse(`${pathOf("pods")}/web-1`, status);

    const answer = await ask("yaml?kind=Pod&name=web-1");

    expect([answer.status, await answer.text()]).toEqual([status, text]);
  });

  test.each([
    ["yaml?kind=Secret&name=web", 404],
    ["yaml?kind=ConfigMap&name=web", 404],
    ["yaml?kind=Pod&name=..", 404],
    ["yaml?kind=Pod&name=..%2Fsecrets%2Fweb", 404],
    ["yaml?kind=Pod&name=gone", 404],
    ["events?namespace=..%2F..", 400],
    ["other", 404],
  ])("refuses %s", async (path, status) => {
    expect((await ask(path)).status).toBe(status);
    expect(shop.api.requests.join()).not.toMatch(/secrets(\/|\?|$)/);
  });
});

describe("withoutSecrets", () => {
  test("leaves out what nobody reads and the copy that kubectl keeps", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", own: "1" };

    expect(withoutSecrets({ metadata: { managedFields: [], annotations } })).toEqual({
      metadata: { annotations: { own: "1" } },
    });
  });

  test("masks what a container told when it ended", () => {
    const lastState = { terminated: { exitCode: 1, message: "FATAL: password=hunter2" } };

    expect(withoutSecrets({ containerStatuses: [{ lastState }] })).toEqual({
      containerStatuses: [
        { lastState: { terminated: { exitCode: 1, message: "FATAL: password=(hidden)" } } },
      ],
    });
  });
});
