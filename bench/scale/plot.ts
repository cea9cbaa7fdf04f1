import { peersOf } from "./page.ts";
import { type ScaleResult, samplesAt, spreadOf } from "./result.ts";

const WIDTH = 760;
const HEIGHT = 420;
const MARGIN = { left: 60, right: 200, top: 40, bottom: 50 };
const COLORS = [
  "#4e79a7",
  "#f28e2b",
  "#59a14f",
  "#e15759",
  "#b07aa1",
  "#9c755f",
  "#76b7b2",
  "#333",
];

interface Point {
  readonly backends: number;
  readonly seconds: number;
}

/** The median seconds of a step against the number of Backends, both on logarithmic axes, as SVG. */
export function scalePlot(result: ScaleResult, step: string): string {
  const lines = peersOf(result).map((peer) => ({ peer, points: pointsOf(result, peer, step) }));
  const all = lines.flatMap(({ points }) => points);
  const x = axis(
    all.map((it) => it.backends),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const y = axis(
    all.map((it) => it.seconds),
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(step)}: seconds against the number of Backends</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="20" font-size="14">${escaped(step)}: seconds, median</text>`,
    ...result.counts.map(
      (count) =>
        `<text x="${at(x(count))}" y="${HEIGHT - 28}" text-anchor="middle">${count}</text>`,
    ),
    `<text x="${MARGIN.left}" y="${HEIGHT - 8}">Backends</text>`,
    ...ticks(all.map((it) => it.seconds)).map(
      (tick) => `<text x="${MARGIN.left - 8}" y="${at(y(tick))}" text-anchor="end">${tick}</text>`,
    ),
    ...lines.flatMap(({ peer, points }, index) =>
      points.length === 0 ? [] : lineOf(peer, points, { x, y, index }),
    ),
    "</svg>\n",
  ].join("\n");
}

interface Drawing {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly index: number;
}

function lineOf(peer: string, points: readonly Point[], { index, x, y }: Drawing): string[] {
  const color = COLORS[index % COLORS.length];
  const corners = points.map((it) => `${at(x(it.backends))},${at(y(it.seconds))}`);
  const right = WIDTH - MARGIN.right + 12;
  return [
    `<polyline fill="none" stroke="${color}" stroke-width="2" points="${corners.join(" ")}"/>`,
    `<text x="${right}" y="${MARGIN.top + 18 * index}" fill="${color}">${escaped(peer)}</text>`,
  ];
}

function pointsOf(result: ScaleResult, peer: string, step: string): readonly Point[] {
  return result.counts.flatMap((backends) => {
    const samples = samplesAt(result, { peer, backends, step });
    const spread = spreadOf(samples.map((it) => it.seconds));
    return spread === undefined ? [] : [{ backends, seconds: spread.median }];
  });
}

function axis(values: readonly number[], [from, to]: readonly [number, number]) {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const width = high - low || 1;
  return (value: number) => from + ((Math.log(value) - low) / width) * (to - from);
}

/** The powers of ten within the values. */
function ticks(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [0.01, 0.1, 1, 10, 100, 1000].filter((it) => it >= low && it <= high);
}

const at = (value: number): string => value.toFixed(1);
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
