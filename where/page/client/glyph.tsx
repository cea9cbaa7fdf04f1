import { State } from "../model/page-model.ts";

interface GlyphProps {
  readonly state: State;
  readonly x: number;
  readonly y: number;
}

/** A sign for a state that can be told apart without its colour. */
export function Glyph({ state, x, y }: GlyphProps) {
  return <path class={`glyph ${state}`} transform={`translate(${x} ${y})`} d={SHAPES[state]} />;
}

const CIRCLE = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
const SHAPES: Readonly<Record<State, string>> = {
  [State.Fine]: CIRCLE,
  [State.Idle]: CIRCLE,
  [State.Starting]: CIRCLE,
  [State.Stopping]: "M-4 0h8",
  [State.Gone]: "M-4 0h8",
  [State.Suspect]: "M0 -4.5L5 4H-5z",
  [State.Unknown]: "M-3 -2.5a3 3 0 1 1 4.5 2.6q-1.5 0.8 -1.5 2.2M0 4.6v0.4",
  [State.Broken]: "M-4 -4L4 4M4 -4L-4 4",
};
