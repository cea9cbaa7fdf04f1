import { expect, test } from "vitest";
import { promoteImages } from "../../../../local/promote/promotion.ts";

const KEY = "pulumi-kubernetes-services:image";
const DIGEST = `sha256:${"ab".repeat(32)}`;
const IMAGE = `registry.example/shop:1.4.2@${DIGEST}`;

const staging = { stack: "staging", text: `config:\n  ${KEY}: ${IMAGE}\n` };
const prod = (text: string) => ({ stack: "prod", text });

test.each([
  [
    "a plain string between comments",
    `# the shop\nconfig:\n    # moved by promotions\n    ${KEY}:   registry.example/shop:1.4.1 # old\n    b:ranges: [ 10.0.0.0/8,  0x1F ]\n\n    a:last: "x"\n`,
    `# the shop\nconfig:\n    # moved by promotions\n    ${KEY}:   ${IMAGE} # old\n    b:ranges: [ 10.0.0.0/8,  0x1F ]\n\n    a:last: "x"\n`,
  ],
  [
    "a quoted string and line ends of Windows",
    `config:\r\n  ${KEY}: "old:1"\r\n  a:b: 'c'\r\n`,
    `config:\r\n  ${KEY}: ${IMAGE}\r\n  a:b: 'c'\r\n`,
  ],
  [
    "a block string",
    `config:\n  ${KEY}: >-\n    old:1\n  a:b: c\n`,
    `config:\n  ${KEY}: ${IMAGE}\n  a:b: c\n`,
  ],
  ["an empty value", `config:\n  ${KEY}:\n  a:b: c\n`, `config:\n  ${KEY}: ${IMAGE}\n  a:b: c\n`],
  [
    "no such key beside a long value",
    `config:\n  a:b: ${"word ".repeat(40)}end\n`,
    `config:\n  a:b: ${"word ".repeat(40)}end\n  ${KEY}: ${IMAGE}\n`,
  ],
  ["no such key", "config:\n  a:b: c # here\n", `config:\n  a:b: c # here\n  ${KEY}: ${IMAGE}\n`],
])(
  "promoteImages: changes the image and no other byte when the target has %s",
  (_, before, after) => {
    const { changes, text } = promoteImages(staging, prod(before));

    expect(text).toBe(after);
    expect(changes).toMatchObject([{ key: KEY, after: IMAGE }]);
  },
);

test("promoteImages: changes nothing when the target has the image already", () => {
  const same = prod(`config: { "${KEY}": '${IMAGE}' }\n`);

  expect(promoteImages(staging, same)).toEqual({ text: same.text, changes: [] });
});

const good = "config:\n  a:b: c\n";
const unpinned = `config:\n  ${KEY}: shop:1\n`;
const set = `pulumi config set ${KEY} NAME@sha256:DIGEST --stack staging`;

test.each([
  ["the image has a tag only", unpinned, good, `"shop:1", must be pinned by its digest`],
  ["the image has a tag only, with the cure", unpinned, good, set],
  ["the digest is too short", `config:\n  ${KEY}: shop@sha256:ab\n`, good, "64 hexadecimal digits"],
  ["the source has no image", good, good, `is missing; set it with ${set}`],
  ["the image is encrypted", `config:\n  ${KEY}:\n    secure: v1:x\n`, good, "not a plain string"],
  ["the source is no YAML", "config: {\n", good, "line 2 of Pulumi.staging.yaml is not YAML"],
  ["the source is empty", "", good, 'Pulumi.staging.yaml has no map "config"'],
  ["the target is no YAML", staging.text, "config: [}\n", "of Pulumi.prod.yaml is not YAML"],
  ["the target has a key twice", staging.text, `config:\n  a:b: c\n  a:b: d\n`, "DUPLICATE_KEY"],
  ["the target has a text for a map", staging.text, "config: x\n", 'no map "config"'],
  [
    "the target's image is encrypted",
    staging.text,
    `config:\n  ${KEY}:\n    secure: v1:x\n`,
    `pulumi config rm ${KEY} --stack prod`,
  ],
  [
    "the target's image is an alias",
    staging.text,
    `config:\n  a:b: &i old:1\n  ${KEY}: *i\n`,
    "not a plain string",
  ],
  [
    "another value would follow the image",
    staging.text,
    `config:\n  ${KEY}: &i old:1\n  a:b: *i\n`,
    "without anchors and aliases",
  ],
])("promoteImages: fails when %s", (_, source, target, message) => {
  const promote = () => promoteImages({ stack: "staging", text: source }, prod(target));

  expect(promote).toThrow(/^Cannot promote: /);
  expect(promote).toThrow(message);
});

test("promoteImages: repeats no line of a file that cannot be read", () => {
  const promote = () =>
    promoteImages({ stack: "staging", text: "config:\n  a:b: 'hunter2\n" }, prod(good));

  expect(promote).toThrow(/^(?!.*hunter2)/s);
});
