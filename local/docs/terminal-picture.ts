/** Columns after which a line goes on in the next one, as in a terminal of that width. */
const COLUMNS = 116;
const FONT_SIZE = 13;
const COLUMN_WIDTH = 7.8;
const LINE_HEIGHT = 19;
const MARGIN = 18;
const PROMPT = "$ ";

/** The colours of a light and of a dark screen; each viewer gets those of their own. */
const STYLE = `
  rect { fill: #f6f8fa; stroke: #d0d7de; }
  text { fill: #1f2328; font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; }
  .command { font-weight: 700; }
  @media (prefers-color-scheme: dark) {
    rect { fill: #0d1117; stroke: #30363d; }
    text { fill: #e6edf3; }
  }
`;

/**
 * Draws what a terminal has shown, as SVG. Lines that begin with `$ ` are commands.
 *
 * @param title - what readers get who do not see the picture
 */
export function terminalPicture(recorded: string, title: string): string {
  const lines = recorded.trimEnd().split("\n").flatMap(wrapped);
  const width = Math.ceil(COLUMNS * COLUMN_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const texts = lines.flatMap(({ isCommand, text }, row) => drawn(text, row, isCommand));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" />`,
    ...texts,
    "</svg>\n",
  ].join("\n");
}

function wrapped(line: string): { readonly isCommand: boolean; readonly text: string }[] {
  const isCommand = line.startsWith(PROMPT);
  const parts = line.match(new RegExp(`.{1,${COLUMNS}}`, "g")) ?? [""];
  return parts.map((text) => ({ isCommand, text }));
}

function drawn(text: string, row: number, isCommand: boolean): readonly string[] {
  const start = text.search(/\S/);
  if (start === -1) return [];
  const shown = text.trim();
  const x = MARGIN + start * COLUMN_WIDTH;
  const y = MARGIN + row * LINE_HEIGHT + FONT_SIZE;
  const style = isCommand ? ' class="command"' : "";
  // Columns keep their places whatever font the viewer has.
  const length = (shown.length * COLUMN_WIDTH).toFixed(1);
  return [
    `<text${style} x="${x.toFixed(1)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(shown)}</text>`,
  ];
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
