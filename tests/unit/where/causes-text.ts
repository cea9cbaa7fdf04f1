import { CAUSES } from "../../../where/diagnosis/causes/all.ts";
import { Link } from "../../../where/diagnosis/diagnosis.ts";
import type { Cause } from "../../../where/diagnosis/rule.ts";

/** What stands in the guide before the text that is made of the rules. */
export const MARK = "<!-- from the rules -->";

const TITLES: Readonly<Record<Link, string>> = {
  [Link.Dns]: "Names",
  [Link.LoadBalancer]: "Load balancers, Ingresses and Gateways",
  [Link.Node]: "Nodes",
  [Link.Service]: "Services",
  [Link.Endpoints]: "Endpoints",
  [Link.Pods]: "Pods and what makes them",
  [Link.Policy]: "Network policies, and what could not be seen",
};

/** A section of the guide for each cause, link by link. */
export const causesText = (): string =>
  Object.values(Link)
    .map((link) => {
      const causes = CAUSES.filter((it) => it.link === link);
      return [`### ${TITLES[link]}\n`, ...causes.map(sectionOf)].join("\n");
    })
    .join("\n");

const sectionOf = ({ cause, evidence, means, remedy }: Cause): string =>
  `#### ${cause}\n\n${means}\n\n- Seen in: ${evidence.replace(/\.$/, "")}.\n- Fix: ${remedy}\n`;
