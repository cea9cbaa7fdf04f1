import type { ObjectRef } from "../../diagnosis/diagnosis.ts";
import { COLUMNS } from "../model/geometry.ts";
import type { Box } from "../model/page-model.ts";
import { Glyph } from "./glyph.tsx";
import { whenPressed } from "./press.ts";
import { pure } from "./pure.ts";
import { cut, spoken } from "./words.ts";

const KINDS = {
  entry: "Entry",
  service: "Service",
  endpoints: "Endpoints",
  owner: "Owner",
  node: "Node",
} as const;
/** States that the lines below the title already say. */
const PLAIN = ["there", "has an address", "no address yet"];
const PADDING = 14;
const LINE_HEIGHT = 17;
/** Pixels of a character, rather too many: the system font may be a wide one. */
const WIDTH_OF = { title: 8.6, line: 7 } as const;

interface BoxProps {
  readonly box: Box;
  /** Pods that have no slot. */
  readonly overflow: number;
  readonly dim: boolean;
  readonly open: (ref: ObjectRef) => void;
}

/** A box with its title, lines and state. */
export const BoxView = pure(({ box, dim, open, overflow }: BoxProps) => {
  const { column, height, ref, state, stateText, title } = box;
  const { width } = COLUMNS[column];
  const room = width - 2 * PADDING - 16;
  const beside = column === "owner" ? stateText : "";
  const own = box.lines.filter(Boolean);
  const lines = beside !== "" || PLAIN.includes(stateText) ? own : [stateText, ...own];
  const more = overflow > 0 ? ` · ${overflow} more in the table` : "";
  const titleRoom = beside === "" ? room : room - beside.length * WIDTH_OF.line - 8;
  const actions = ref === undefined ? {} : whenPressed(() => open(ref));
  return (
    <g
      class={`box ${state} ${dim ? "dim" : ""} ${box.undeclared ? "undeclared" : ""}`}
      transform={`translate(${box.x} ${box.y})`}
      data-id={box.id}
      role={ref === undefined ? "img" : "button"}
      {...actions}
    >
      {/* The name for screen readers, and a tip that has what is cut off. */}
      <title>{spoken(box, KINDS[column])}</title>
      <rect width={width} height={height} rx={8} />
      <Glyph state={state} x={PADDING + 4} y={20} />
      <text class="title" x={PADDING + 16} y={24.5}>
        {cut(title, Math.floor(titleRoom / WIDTH_OF.title))}
      </text>
      {beside !== "" && (
        <text class="state" x={width - PADDING} y={24.5} text-anchor="end">
          {beside}
        </text>
      )}
      {lines.slice(0, 2).map((line, index) => (
        <text key={line} class="line" x={PADDING} y={45 + index * LINE_HEIGHT}>
          {cut(line + (index === 0 ? more : ""), Math.floor((room + 16) / WIDTH_OF.line))}
        </text>
      ))}
    </g>
  );
});
