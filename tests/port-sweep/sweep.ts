import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Listener, surroundingsOf } from "./listening.ts";
import type { Answer, Errand, Found } from "./stranger.ts";

/** What somebody else got from one listener to one attempt. */
export interface Got extends Pick<Answer, "attempt" | "text"> {
  readonly listener: Listener;
}

const PLACES_AT_ONCE = 8;
const script = join(import.meta.dirname, "stranger.ts");

/** Tries everything on every listener as another user, in the network and among the files in which it is. */
export async function sweep(listeners: readonly Listener[]): Promise<Got[]> {
  const places = Map.groupBy(listeners, (listener) => {
    if (!leaves(listener)) return "here";
    const { files, network } = surroundingsOf(listener.pid);
    return needsFiles(listener) ? `${network} ${files}` : network;
  });
  const rest = [...places.values()];
  const got: Got[] = [];
  const worker = async () => {
    for (let group = rest.shift(); group !== undefined; group = rest.shift()) {
      const { answers } = await send({ listeners: group, files: [] }, entering(group[0]));
      for (const { attempt, listener, text: answer } of answers) {
        const asked = group[listener];
        if (asked) got.push({ listener: asked, attempt, text: answer });
      }
    }
  };
  // They wait for answers that never come more than for anything else.
  await Promise.all(Array.from({ length: PLACES_AT_ONCE }, worker));
  return got;
}

/** The files and folders of a folder, and itself, that another user can read. */
export async function readableBy(folder: string): Promise<string[]> {
  const names = readdirSync(folder, { recursive: true }).map(String);
  const files = [folder, ...names.map((name) => join(folder, name))];
  const { readable } = await send({ listeners: [], files }, []);
  return [...readable];
}

const own = surroundingsOf(process.pid);

const leaves = (listener: Listener | undefined): listener is Listener =>
  listener !== undefined && !listener.onHost;

const needsFiles = ({ pid, transport }: Listener): boolean =>
  transport === "unix" && surroundingsOf(pid).files !== own.files;

/** How to come to where a listener is; to the files only for a socket among them, since a Pod has no other program than its own. */
function entering(listener: Listener | undefined): string[] {
  if (!leaves(listener)) return [];
  const { pid } = listener;
  return [
    `--net=/proc/${pid}/ns/net`,
    ...(needsFiles(listener) ? [`--mount=/proc/${pid}/ns/mnt`] : []),
  ];
}

async function send(errand: Errand, enter: readonly string[]): Promise<Found> {
  const [command = "", ...args] = [
    ...(enter.length > 0 ? ["nsenter", ...enter] : []),
    ...[process.execPath, script],
  ];
  const stranger = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  stranger.stdin.end(JSON.stringify(errand));
  const found = JSON.parse(await text(stranger.stdout)) as Found;
  if (found.uid === process.getuid?.()) throw new Error("nobody else was asked");
  return found;
}

const HEALTH = /^GET \/(healthz|livez|readyz|health|ready|_health)\b/;
const MOST_HEALTH = 2000;

/** What an answer says beyond health and refusal; `undefined` where it says nothing beyond. */
export function beyondHealth({ attempt, listener, text: answer }: Got): string | undefined {
  const at = `${listener.process} ${listener.address}:${listener.port}, ${attempt}`;
  if (/^access-control-allow/im.test(answer)) return `${at}: pages of browsers are answered`;
  if (attempt.startsWith("gRPC")) {
    return /"grpc-status":"0"/.test(answer) ? `${at}: carried out` : undefined;
  }
  const [, status, body = ""] = /^HTTP\/\d\.\d (\d+).*?\r\n\r\n(.*)$/s.exec(answer) ?? [];
  if (status === undefined || !status.startsWith("2") || body === "") return undefined;
  const isHealth = HEALTH.test(attempt) || attempt === "AWS: the path of health";
  return isHealth && body.length < MOST_HEALTH
    ? undefined
    : `${at}: ${status} ${JSON.stringify(body.slice(0, 80))}`;
}
