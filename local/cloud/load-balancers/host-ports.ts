/** Something that is to be reached on 127.0.0.1 of the host. */
export interface WantedPort {
  /** Names what it leads to. */
  readonly key: string;
  /** Ports to take, the best first. */
  readonly candidates: readonly number[];
}

/** What {@link assignHostPorts} needs to know. */
export interface KnownPorts {
  /** Ports by key of an earlier time, preferred to every other. */
  readonly remembered: ReadonlyMap<string, number>;
  /** Ports by key that are open now, and rightly so. */
  readonly open: ReadonlyMap<string, number>;
  /** Takes a port; answers whether it was free. */
  readonly take: (port: number) => Promise<boolean>;
}

/** Finds a port for each; one for which there is none does not keep the others from theirs. */
export async function assignHostPorts(
  wanted: readonly WantedPort[],
  { remembered, open, take }: KnownPorts,
): Promise<Map<string, number>> {
  const assigned = new Map<string, number>();
  for (const { key } of wanted) {
    const port = open.get(key);
    if (port !== undefined) assigned.set(key, port);
  }
  const taken = new Set([...open.values()]);
  for (const { key, candidates } of wanted) {
    if (assigned.has(key)) continue;
    const before = remembered.get(key);
    for (const port of before === undefined ? candidates : [before, ...candidates]) {
      if (taken.has(port) || !(await take(port))) continue;
      taken.add(port);
      assigned.set(key, port);
      break;
    }
  }
  return assigned;
}

const CANDIDATES = 100;
const LAST_PORT = 65_535;

/** Ports above the privileged ones for a listener's: 8080 for 80. */
export const listenerCandidates = (port: number): number[] => from((port + 8000) % LAST_PORT);

/** The node port itself, or one that is no node port. */
export const nodePortCandidates = (nodePort: number): number[] => [
  nodePort,
  ...from(nodePort - 10_000),
];

const from = (first: number): number[] =>
  Array.from({ length: CANDIDATES }, (_, index) => first + index).filter(
    (port) => port > 1023 && port <= LAST_PORT,
  );
