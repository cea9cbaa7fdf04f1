import { buildSite } from "../docs/build-site.ts";
import { checkInBrowser } from "../docs/check-in-browser.ts";
import { serveSite } from "../docs/serve-site.ts";
import { report } from "../terminal.ts";

/** Options of `npm run docs`. */
interface DocsOptions {
  readonly check?: boolean;
  readonly serve?: boolean;
}

/** `npm run docs`: builds the documentation site, and serves it to this machine with `--serve`. */
export async function docs({ check = false, serve = false }: DocsOptions): Promise<void> {
  const site = await buildSite();
  report(`The site is in ${site}`);
  if (check) {
    await checkInBrowser(site);
  }
  if (serve) {
    const { url } = await serveSite(site);
    report(`The site is served at ${url}; end it with Ctrl-C`);
  }
}
