import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import type { LocalPaths } from "../paths.ts";

/** An access key of the simulated AWS. */
export interface AwsKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The files of the two access keys of one simulated AWS, each readable by its owner alone. */
export interface AwsKeyFiles {
  /** The key that may change something. */
  readonly owner: string;
  /** The key that may only read. */
  readonly reader: string;
}

/** The files of the access keys, with new keys where there are none or what is there is damaged: nothing depends on which they are. */
export function ensureAwsKeys({ pki }: LocalPaths): AwsKeyFiles {
  privateFolder(pki);
  const files = {
    owner: join(pki, "aws-owner-key.json"),
    reader: join(pki, "aws-reader-key.json"),
  };
  for (const file of Object.values(files)) {
    if (!existsSync(file) || keyIn(file) === undefined)
      writeAtomically(file, JSON.stringify(newKey()));
  }
  return files;
}

/** Reads an access key. */
export function readAwsKey(file: string): AwsKey {
  const key = keyIn(file);
  if (key === undefined) {
    throw new UserError(
      `Cannot read the access key of the simulated AWS: ${file} holds none; remove the file and run npm start`,
    );
  }
  return key;
}

/** Keys as AWS has them: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html */
const newKey = (): AwsKey => ({
  accessKeyId: `AKIA${randomBytes(8).toString("hex").toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString("base64"),
});

function keyIn(file: string): AwsKey | undefined {
  try {
    const { accessKeyId, secretAccessKey } = JSON.parse(
      readFileSync(file, "utf8"),
    ) as Partial<AwsKey>;
    const whole = /^[A-Z0-9]{20}$/.test(accessKeyId ?? "") && secretAccessKey?.length === 40;
    return whole && accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  } catch {
    return undefined;
  }
}
