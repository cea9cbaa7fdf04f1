import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import type { Page } from "puppeteer-core";
import { findChromium, startChromium } from "../../local/docs/chromium.ts";
import { checkout } from "../../local/paths.ts";

/** What the page of a namespace does while its Pods come and go. */
export interface PageResult {
  readonly namespace: string;
  readonly pods: number;
  /** Milliseconds from the request until the browser has drawn something. */
  readonly firstPaint: number;
  /** Milliseconds from the request until every Pod is drawn. */
  readonly everyPod: number;
  /** Milliseconds between two frames while Pods are replaced, and how many there were. */
  readonly frames: {
    readonly median: number;
    readonly p95: number;
    readonly longest: number;
    readonly count: number;
  };
}

/** Pods that are deleted one after the other, and the pause between them. */
const DELETED = 30;
const PAUSE_MILLISECONDS = 100;

/** Looks at the page in Chromium; undefined if there is none. */
export async function measurePage(
  kubeconfig: string,
  namespace: string,
  { pods }: { readonly pods: number },
): Promise<PageResult | undefined> {
  if (findChromium() === undefined) return undefined;
  const main = join(checkout, "dist/where/main.js");
  const serving = execa(
    process.execPath,
    [main, "--serve", "--namespace", namespace, "--kubeconfig", kubeconfig],
    { reject: false },
  );
  let browser: Awaited<ReturnType<typeof startChromium>> | undefined;
  try {
    const [printed] = await Promise.race([once(serving.stdout, "data"), untilEnded(serving)]);
    browser = await startChromium();
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    const start = performance.now();
    await page.goto(String(printed).trim());
    await page.waitForFunction(`document.querySelectorAll(".cell").length >= ${pods}`, {
      timeout: 120_000,
      polling: 50,
    });
    const everyPod = Math.round(performance.now() - start);
    const firstPaint = Math.round(Number(await page.evaluate(FIRST_PAINT)));
    const frames = await framesWhilePodsGo(page, kubeconfig, namespace);
    return { namespace, pods, firstPaint, everyPod, frames };
  } finally {
    await browser?.close();
    serving.kill("SIGTERM");
    await serving;
  }
}

/** Fails once a command has ended that was to go on. */
async function untilEnded(command: PromiseLike<{ readonly stderr: string }>): Promise<never> {
  const { stderr } = await command;
  throw new Error(`where-is-my-pod --serve has ended: ${stderr}`);
}

const FIRST_PAINT = `performance.getEntriesByName("first-contentful-paint")[0]?.startTime`;
/** Notes when each frame is drawn. */
const WATCH_FRAMES = `
  window.frames_ = [];
  const note = (time) => { window.frames_.push(time); requestAnimationFrame(note); };
  requestAnimationFrame(note);`;

async function framesWhilePodsGo(page: Page, kubeconfig: string, namespace: string) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const { items } = await api.listNamespacedPod({ namespace, limit: DELETED });
  await page.evaluate(WATCH_FRAMES);
  for (const { metadata } of items) {
    await api.deleteNamespacedPod({ namespace, name: metadata?.name ?? "" });
    await sleep(PAUSE_MILLISECONDS);
  }
  const times = (await page.evaluate("window.frames_")) as number[];
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  gaps.sort((one, other) => one - other);
  const at = (share: number): number =>
    Math.round(gaps[Math.floor((gaps.length - 1) * share)] ?? 0);
  return { median: at(0.5), p95: at(0.95), longest: at(1), count: gaps.length };
}
