import { dirname, join } from "node:path/posix";

/**
 * The links of a site that lead to no file of it, or to no heading of the page. Links to other sites are not followed.
 *
 * @param pages - the HTML of every page, by path
 * @param others - the paths of all other files
 */
export function brokenLinks(
  pages: ReadonlyMap<string, string>,
  others: readonly string[],
): readonly string[] {
  const files = new Set([...pages.keys(), ...others]);
  const ids = new Map([...pages].map(([path, html]) => [path, idsOf(html)]));
  return [...pages].flatMap(([path, html]) =>
    linksOf(html).flatMap((link) => {
      const [target = "", heading = ""] = link.split("#");
      const found = target === "" ? path : fileAt(files, path, target);
      const isThere = found !== undefined && (heading === "" || has(ids.get(found), heading));
      return isThere ? [] : [`${path}: ${link}`];
    }),
  );
}

function has(ids: ReadonlySet<string> | undefined, heading: string): boolean {
  // A file that is no page has no headings to look for.
  return ids?.has(decodeURIComponent(heading)) ?? true;
}

function linksOf(html: string): readonly string[] {
  const links = [...html.matchAll(/<a\b[^>]*?\bhref="([^"]+)"/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id));
}

/** The file that a browser gets for a link on a page. */
function fileAt(files: ReadonlySet<string>, from: string, link: string) {
  const path = decodeURIComponent(link.startsWith("/") ? link.slice(1) : join(dirname(from), link));
  return [path, `${path}.html`, join(path, "index.html")].find((it) => files.has(it));
}
