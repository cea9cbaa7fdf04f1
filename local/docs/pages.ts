import { dirname, join, normalize } from "node:path/posix";

/** A page of the documentation site. */
export interface Page {
  /** Its path in the checkout, such as `docs/guide/README.md`. */
  readonly path: string;
  readonly text: string;
}

/** A link to a file or page that does not exist. */
export class DeadLinkError extends Error {
  override readonly name = "DeadLinkError";
}

/** Where a page is on the site: the index of its folder if it is a README. */
export function sitePath(path: string): string {
  return path.replace(/(^|\/)README\.md$/, "$1index.md");
}

/**
 * A page's text with links for the site. A link to another page leads to it, a picture stays; a link to a file that the site does not
 * have becomes its text.
 *
 * @param pages - the paths of all pages
 * @param exists - whether a path of the checkout exists
 * @throws DeadLinkError with every link of the page that leads nowhere
 */
export function forSite(
  { path, text }: Page,
  pages: readonly string[],
  exists: (path: string) => boolean,
): string {
  const dead: string[] = [];
  const linked = outsideCode(text, (part) =>
    part.replace(
      /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g,
      (whole, picture: string, label: string, link: string) => {
        if (/^(https?:|mailto:|#)/.test(link)) return whole;
        const [target = "", heading] = link.split("#");
        const found = normalize(join(dirname(path), target));
        if (pages.includes(found)) {
          return `${picture}[${label}](${sitePath(target)}${heading === undefined ? "" : `#${heading}`})`;
        }
        if (!exists(found)) dead.push(link);
        return picture === "" ? label : whole;
      },
    ),
  );
  if (dead.length > 0) {
    throw new DeadLinkError(`${path} has links that lead nowhere: ${dead.join(", ")}`);
  }
  return linked;
}

/** Changes a Markdown text except its fenced blocks. */
function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join("");
}
