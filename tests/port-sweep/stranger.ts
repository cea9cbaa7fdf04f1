// Somebody else on this machine: gives up every right, then tries whatever it is told to try. Told and tells in JSON.
import { accessSync, constants } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { connect, isIPv6, type Socket } from "node:net";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { type Attempt, awsCalls, INTRUDER, nonsense, procedures, requests } from "./attempts.ts";
import type { Listener } from "./listening.ts";
import { writingMessage } from "./raft.ts";

/** What somebody else is to try. */
export interface Errand {
  readonly listeners: readonly Pick<Listener, "address" | "port" | "transport">[];
  readonly files: readonly string[];
}

/** What somebody else found. */
export interface Found {
  readonly uid: number;
  readonly answers: readonly Answer[];
  /** Files and folders that could be read. */
  readonly readable: readonly string[];
}

/** What came back. */
export interface Answer {
  /** Which listener, by its number in the errand. */
  readonly listener: number;
  readonly attempt: string;
  /** All that came, as Latin-1; empty where nothing did. */
  readonly text: string;
}

export const STRANGER = 65_534;
const ANSWER_WITHIN_MILLISECONDS = 3000;
const MOST_BYTES = 100_000;
const AT_ONCE = 24;

type Target = Errand["listeners"][number];

async function tryAll(target: Target, listener: number): Promise<Answer[]> {
  const isClosed = target.transport === "unix" && !mayConnect(target.address);
  if (isClosed || !(await connects(target))) return [{ listener, attempt: "connect", text: "" }];
  const secure = (await overTls(target, GET)) !== "";
  const way = secure ? overTls : plainly;
  const host = `${target.address}:${target.port}`;
  const speaksHttp = (await way(target, GET)).startsWith("HTTP/");
  const ask = async ({ bytes, name }: Attempt, by = way) => ({
    listener,
    attempt: name,
    text: await by(target, bytes),
  });
  const tries = [
    ...requests(host).map((attempt) => () => ask(attempt)),
    ...nonsense().map((attempt) => () => ask(attempt)),
    ...(secure ? [...nonsense(), ...requests(host).slice(0, 3)] : []).map(
      (attempt) => () => ask(attempt, plainly),
    ),
    ...(speaksHttp ? awsCalls(host) : []).map((attempt) => () => ask(attempt)),
    ...procedures.map((path) => async () => ({
      listener,
      attempt: `gRPC ${path}`,
      text: await call(target, path, secure),
    })),
    async () => {
      const answers = await writeAsPeer(target, way);
      return answers.map((answer) => ({ listener, attempt: "raft", text: answer }));
    },
  ];
  return inTurn(tries);
}

const GET = Buffer.from("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

type Try = () => Promise<Answer | readonly Answer[]>;

async function inTurn(tries: readonly Try[]): Promise<Answer[]> {
  const rest = [...tries];
  const answers: Answer[] = [];
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      answers.push(...[await next()].flat());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

function open({ address, port, transport }: Target): Socket {
  if (transport === "unix") return connect(address.replace(/^@/, "\0"));
  return connect(port, reachable(address));
}

/** An address that stands for all is reached at that of the machine itself. */
function reachable(address: string): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  return isIPv6(address) && address === "::" ? "::1" : address;
}

const plainly = (target: Target, bytes: Buffer): Promise<string> =>
  exchange(open(target), "connect", bytes);

const overTls = (target: Target, bytes: Buffer): Promise<string> =>
  exchange(connectTls({ socket: open(target), rejectUnauthorized: false }), "secureConnect", bytes);

function exchange(socket: Socket, ready: string, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(end, ANSWER_WITHIN_MILLISECONDS);
    socket.setEncoding("latin1");
    socket.once(ready, () => socket.write(bytes));
    socket.on("data", (data: string) => {
      answer += data;
      if (answer.length > MOST_BYTES) end();
    });
    socket.on("error", end);
    socket.on("close", end);
  });
}

/** The empty message, which lists all where something is listed. */
function call(target: Target, path: string, secure: boolean): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const session = connectHttp2(secure ? "https://x" : "http://x", {
      createConnection: () =>
        secure
          ? connectTls({ socket: open(target), rejectUnauthorized: false, ALPNProtocols: ["h2"] })
          : open(target),
    });
    const end = () => {
      clearTimeout(timer);
      session.destroy();
      resolve(answer);
    };
    const timer = setTimeout(end, ANSWER_WITHIN_MILLISECONDS);
    session.on("error", end);
    session.on("close", end);
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
    });
    const note = (headers: object) => {
      answer += `${JSON.stringify(headers)}\n`;
    };
    stream.on("response", note);
    stream.on("trailers", note);
    stream.on("data", (data: Buffer) => {
      answer += data.toString("latin1");
    });
    stream.on("error", end);
    stream.on("close", end);
    stream.end(Buffer.from([0, 0, 0, 0, 0]));
  });
}

/** As another member of etcd's cluster: a member tells the ids that are needed to everyone who can ask. */
async function writeAsPeer(target: Target, way: typeof plainly): Promise<string[]> {
  const head = (method: string, path: string) => `${method} ${path} HTTP/1.1\r\nHost: x\r\n`;
  const members = await way(
    target,
    Buffer.from(`${head("GET", "/members")}Connection: close\r\n\r\n`),
  );
  const [, id = "0"] = /x-etcd-cluster-id: ([0-9a-f]+)/i.exec(members) ?? [];
  const [, member = "0"] = /"id":(\d+)/.exec(members) ?? [];
  const message = writingMessage(BigInt(member), INTRUDER, INTRUDER);
  const headers = `X-Etcd-Cluster-ID: ${id}\r\nX-Server-From: 1\r\nX-Server-Version: 3.6.0\r\nX-Min-Cluster-Version: 3.0.0\r\nContent-Type: application/protobuf\r\nContent-Length: ${message.length}\r\nConnection: close\r\n\r\n`;
  const request = Buffer.concat([Buffer.from(head("POST", "/raft") + headers), message]);
  return [members, await way(target, request)];
}

/** Whether the folder of a socket lets one in. */
function mayConnect(path: string): boolean {
  if (path.startsWith("@")) return true;
  try {
    accessSync(dirname(path), constants.X_OK);
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether anything takes the connection: of what a firewall drops nothing ever comes. */
function connects(target: Target): Promise<boolean> {
  const socket = open(target);
  return new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.setTimeout(ANSWER_WITHIN_MILLISECONDS, () => resolve(false));
  }).finally(() => socket.destroy());
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  process.setgroups?.([]);
  process.setgid?.(STRANGER);
  process.setuid?.(STRANGER);
  const errand = JSON.parse(await text(process.stdin)) as Errand;
  const answers = await Promise.all(errand.listeners.map((target, index) => tryAll(target, index)));
  const readable = errand.files.filter(isReadable);
  const found: Found = { uid: process.getuid?.() ?? 0, answers: answers.flat(), readable };
  process.stdout.write(JSON.stringify(found));
}
