// The look of the documentation site. Nothing in it comes from another host.
const guide = (text, name) => ({ text, link: `/docs/guide/${name}` });
const page = (text, name) => ({ text, link: `/${name}` });

export default {
  title: "pulumi-kubernetes-services",
  description: "Pulumi components that give Kubernetes Pods a stable address",
  cleanUrls: false,
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: { theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } },
  ignoreDeadLinks: [/^\/api\//],
  locales: {
    root: { label: "English", lang: "en" },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      guide("Guides", ""),
      page("Arguments", "docs/arguments"),
      { text: "Reference", link: "/api/index.html", target: "_self" },
      page("한국어", "README.ko"),
    ],
    sidebar: [
      {
        text: "Use",
        items: [
          guide("Backend", "backend"),
          guide("NodePortService", "node-port-service"),
          guide("LoadBalancerService", "load-balancer-service"),
          guide("Connections", "connections"),
          guide("Controllers", "controllers"),
          guide("A program for each cloud", "clouds"),
          page("Examples", "examples/"),
          guide("AWS", "aws"),
          guide("Ingress and Gateway", "ingress-and-gateway"),
          guide("Targets that are not ours", "targets-not-ours"),
          guide("Tests without a cluster", "testing"),
          page("All arguments", "docs/arguments"),
        ],
      },
      {
        text: "Operate",
        items: [
          page("Environments", "docs/environments"),
          guide("A stack and its cluster", "clusters"),
          guide("Previews and Output values", "previews-and-output-values"),
          guide("When up is done", "readiness"),
          guide("Load balancers", "honest-up"),
          guide("When a Pod ends", "drain"),
          guide("Blue-green", "blue-green"),
          guide("Migration", "migration"),
          guide("Adoption", "adoption"),
          guide("Versions and upgrades", "versions-and-upgrades"),
          guide("Troubleshooting", "troubleshooting"),
        ],
      },
      {
        text: "Extend",
        items: [
          page("Architecture", "docs/architecture"),
          guide("Adding a controller", "adding-a-controller"),
          page("The local cluster", "docs/local-cluster"),
          page("Contributing", "CONTRIBUTING"),
          page("Decisions", "docs/decisions/"),
          page("Comparison", "docs/comparison"),
        ],
      },
    ],
  },
};
