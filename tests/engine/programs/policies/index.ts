import { PolicyPack } from "@pulumi/policy";

// Policies of which PREVIEW_POLICY says what they do.
const how = process.env["PREVIEW_POLICY"];

new PolicyPack("preview-policies", {
  policies: [
    {
      name: "no-node-ports",
      description: "Services have no node ports",
      enforcementLevel: "mandatory",
      validateResource: ({ props, type }, report) => {
        if (how === "throws") throw new Error("The rule is broken");
        if (type === "kubernetes:core/v1:Service" && props["spec"].type === "NodePort") {
          report("its type is NodePort");
        }
      },
    },
    {
      name: "settings-are-short",
      description: "Settings are short",
      enforcementLevel: "advisory",
      validateResource: ({ props, type }, report) => {
        if (type === "kubernetes:core/v1:ConfigMap" && props["data"].a.length > 10) {
          report("a is too long");
        }
      },
    },
  ],
});
