import type { ObjectRef } from "../../diagnosis/diagnosis.ts";
import { CELL, CELLS_IN_ROW } from "../model/geometry.ts";
import { type Cell, State } from "../model/page-model.ts";
import { whenPressed } from "./press.ts";
import { pure } from "./pure.ts";

interface CellProps {
  readonly cell: Cell;
  /** Whether the tab key stops here; the arrow keys lead to the others of the owner. */
  readonly first: boolean;
  readonly dim: boolean;
  readonly open: (ref: ObjectRef) => void;
}

/** A Pod. Its sign tells its state without colour. */
export const CellView = pure(({ cell, dim, first, open }: CellProps) => {
  const { name, node, ref, state, stateText } = cell;
  const words = [`Pod ${name}`, stateText, node && `on ${node}`].filter(Boolean).join(", ");
  return (
    <g
      class={`cell ${state} ${dim ? "dim" : ""}`}
      transform={`translate(${cell.x} ${cell.y})`}
      role="button"
      aria-label={words}
      data-id={cell.id}
      data-box={cell.box}
      {...whenPressed(() => open(ref))}
      tabindex={first ? 0 : -1}
    >
      <title>{words}</title>
      <rect width={CELL} height={CELL} rx={4} />
      <path d={MARKS[state] ?? ""} />
    </g>
  );
});

const MARKS: Readonly<Partial<Record<State, string>>> = {
  [State.Broken]: "M5 5l6 6m0 -6l-6 6",
  [State.Gone]: "M5 8h6",
  [State.Stopping]: "M4.5 8h7",
  [State.Suspect]: "M8 4.5v4.5M8 11v0.5",
  [State.Starting]: "M5.5 8h0.1M8 8h0.1M10.5 8h0.1",
};

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -CELLS_IN_ROW,
  ArrowDown: CELLS_IN_ROW,
};

/** Moves the focus among the Pods of an owner with the arrow keys. */
export function moveAmongCells(event: KeyboardEvent): void {
  const from = event.target as SVGElement;
  const step = STEPS[event.key];
  const box = from.dataset["box"];
  if (step === undefined || box === undefined) return;
  const selector = `[data-box="${CSS.escape(box)}"]`;
  const cells = [...(from.ownerSVGElement?.querySelectorAll<SVGElement>(selector) ?? [])];
  const next = cells[cells.indexOf(from) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
