// The look of the documentation site. Nothing in it comes from another host.
import { readFileSync } from "node:fs";
import { join } from "node:path/posix";

const GUIDES = "/docs/guide/";
const read = (path) => readFileSync(new URL(`..${path}`, import.meta.url), "utf8");

/** The sections of the guides' index, with the first link of each of their lines. */
const sections = read(`${GUIDES}index.md`)
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [text] = section.split("\n");
    const links = section.matchAll(/^- \[(.+?)\]\((.+?)\)/gm);
    const items = [...links].map(([, label, link]) => ({
      text: label.replaceAll("`", ""),
      link: join(GUIDES, link),
    }));
    return { text, items };
  });

/** Leads each heading of a sidebar to that heading of its page: without a link it is a button with a button in it (WCAG 2.2, 4.1.2). */
const linked = (items, above) =>
  items.map(({ items: below, ...item }) => {
    const link = item.link ?? `${above}#${item.text.toLowerCase().replaceAll(" ", "-")}`;
    return below === undefined ? item : { ...item, link, items: linked(below, link) };
  });

export default {
  title: "pulumi-kubernetes-services",
  description: "Pulumi components that give Kubernetes Pods a stable address",
  cleanUrls: false,
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: { theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } },
  locales: {
    root: { label: "English", lang: "en" },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Guides", link: GUIDES },
      { text: "Arguments", link: "/docs/arguments" },
      { text: "Reference", link: "/api/" },
      { text: "한국어", link: "/README.ko" },
    ],
    sidebar: {
      "/api/": linked(JSON.parse(read("/api/typedoc-sidebar.json"))),
      "/": sections,
    },
  },
};
