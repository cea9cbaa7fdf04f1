import type { Column } from "./page-model.ts";

/** Left edge and width of each column, in pixels. */
export const COLUMNS: Readonly<Record<Column, { readonly x: number; readonly width: number }>> = {
  entry: { x: 0, width: 196 },
  service: { x: 244, width: 196 },
  endpoints: { x: 488, width: 148 },
  owner: { x: 684, width: 276 },
  node: { x: 1008, width: 176 },
};
/** Width of the picture, in pixels. */
export const WIDTH = 1184;

/** Height of a box without Pods, in pixels. */
export const BOX_HEIGHT = 72;
/** Space between boxes of one lane, in pixels. */
export const BOX_GAP = 12;
/** Space between lanes, with the line of a sentence in it. */
export const LANE_GAP = 44;
/** Where the sentence stands below its lane. */
export const SENTENCE_OFFSET = 18;

/** Pods in one row of their owner. */
export const CELLS_IN_ROW = 12;
/** Edge of a Pod, in pixels. */
export const CELL = 16;
const CELL_STEP = 21;
const CELLS_LEFT = 14;
const CELLS_TOP = 56;
const CELLS_BOTTOM = 16;

/** Height of an owner's box with a number of slots. */
export function ownerHeight(slots: number): number {
  const rows = Math.max(1, Math.ceil(slots / CELLS_IN_ROW));
  return CELLS_TOP + rows * CELL_STEP - (CELL_STEP - CELL) + CELLS_BOTTOM;
}

/** Where a slot is in its owner's box. */
export function cellPlace(slot: number): { readonly x: number; readonly y: number } {
  return {
    x: CELLS_LEFT + (slot % CELLS_IN_ROW) * CELL_STEP,
    y: CELLS_TOP + Math.floor(slot / CELLS_IN_ROW) * CELL_STEP,
  };
}
