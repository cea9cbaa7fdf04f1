import { linkHorizontal } from "d3-shape";
import type { ObjectRef } from "../../diagnosis/diagnosis.ts";
import { COLUMNS, WIDTH } from "../model/geometry.ts";
import type { Box, Cell, PageLink, PageModel, Verdict } from "../model/page-model.ts";
import { BoxView } from "./box.tsx";
import { CellView, moveAmongCells } from "./cell.tsx";
import { pure } from "./pure.ts";
import { has, wrap } from "./words.ts";

const MARGIN = 4;
const HEADS = {
  entry: "Entry",
  service: "Service",
  endpoints: "Endpoints",
  owner: "Pods in their owner",
  node: "Nodes",
} as const;
/** Where a line meets a box: at the height of the title. */
const TITLE_Y = 32;
/** Characters of a sentence in a line, which ends before the owners. */
const SENTENCE = { characters: 88, lines: 2, height: 16 } as const;

const curve = linkHorizontal<unknown, [number, number]>();

interface PictureProps {
  readonly model: PageModel;
  readonly query: string;
  readonly open: (ref: ObjectRef) => void;
}

/** The picture: fixed columns, lines between boxes, Pods as cells. */
export function Picture({ model, open, query }: PictureProps) {
  const { boxes, cells, facts, links, verdicts } = model;
  const places = new Map(boxes.map((box) => [box.id, box]));
  const firstCells = new Map<string, string>();
  for (const { box, id } of cells) if (!firstCells.has(box)) firstCells.set(box, id);
  return (
    <section class="picture" aria-label="Picture" tabIndex={0}>
      <div class="heads" aria-hidden="true">
        {Object.entries(HEADS).map(([column, head]) => (
          <span key={column} class={`head-${column}`}>
            {head}
          </span>
        ))}
      </div>
      <svg
        role="group"
        aria-label={`Services of ${facts.namespace}, from their entries to their nodes`}
        width={WIDTH + 2 * MARGIN}
        height={Math.max(facts.height, 80) + 2 * MARGIN}
        viewBox={`${-MARGIN} ${-MARGIN} ${WIDTH + 2 * MARGIN} ${Math.max(facts.height, 80) + 2 * MARGIN}`}
        onKeyDown={moveAmongCells}
      >
        {links.map((link) => (
          <LinkView
            key={link.id}
            link={link}
            from={places.get(link.from)}
            to={places.get(link.to)}
          />
        ))}
        {boxes.map((box) => (
          <BoxView
            key={box.id}
            box={box}
            overflow={facts.overflow[box.id] ?? 0}
            dim={!has(query, box.title, ...box.lines) && !owns(box, cells, query)}
            open={open}
          />
        ))}
        {cells.map((cell) => (
          <CellView
            key={cell.id}
            cell={cell}
            first={firstCells.get(cell.box) === cell.id}
            dim={!has(query, cell.name, cell.box)}
            open={open}
          />
        ))}
        {verdicts.map((verdict) => (
          <SentenceView key={verdict.id} verdict={verdict} />
        ))}
      </svg>
    </section>
  );
}

function owns(box: Box, cells: readonly Cell[], query: string): boolean {
  return box.column === "owner" && cells.some((it) => it.box === box.id && has(query, it.name));
}

interface LinkProps {
  readonly link: PageLink;
  readonly from: Box | undefined;
  readonly to: Box | undefined;
}

const LinkView = pure(({ from, link, to }: LinkProps) => {
  if (from === undefined || to === undefined) return <g />;
  const source: [number, number] = [from.x + COLUMNS[from.column].width, from.y + TITLE_Y];
  const target: [number, number] = [to.x, to.y + TITLE_Y];
  const middle = [(source[0] + target[0]) / 2, (source[1] + target[1]) / 2];
  const kind = link.service === undefined ? "link link-node" : "link";
  return (
    <g class={`${kind} ${link.state}`} aria-hidden="true">
      <path d={curve({ source, target }) ?? ""} />
      {link.state === "broken" && (
        <path class="cross" d={`M${middle[0]} ${middle[1]}m-5 -5l10 10m0 -10l-10 10`} />
      )}
    </g>
  );
});

const SentenceView = pure(({ verdict }: { readonly verdict: Verdict }) => {
  const { cause, sentence, y } = verdict;
  if (cause === "") return <g />;
  const state = verdict.verdict === "healthy" ? "suspect" : verdict.verdict;
  return (
    <text class={`sentence ${state}`}>
      <title>{sentence}</title>
      {wrap(sentence, SENTENCE.characters, SENTENCE.lines).map((line, index) => (
        <tspan key={line} x={0} y={y + index * SENTENCE.height}>
          {line}
        </tspan>
      ))}
    </text>
  );
});
