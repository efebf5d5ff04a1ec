import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";

import { InvalidInputError, quote } from "../errors";

/** What `terraform output -json` prints. */
export type TerraformOutputs = Readonly<Record<string, { readonly sensitive: boolean; readonly value: unknown }>>;

/** Outputs by the ids of their constructs; nested constructs are nested here. */
export type Outputs = Readonly<Record<string, unknown>>;

/** Ids of the outputs of a stack, with the names that they have in Terraform, as `cdktf synth` writes them. */
interface OutputNames {
  readonly [id: string]: string | OutputNames;
}

/** The outputs of a stack in the form of `cdktf deploy --outputs-file`, without the sensitive ones. */
export function outputsOf(stack: string, configuration: string, outputs: TerraformOutputs): Outputs {
  const { "//": metadata } = JSON.parse(configuration) as { "//"?: { outputs?: Record<string, OutputNames> } };
  return pick(metadata?.outputs?.[stack] ?? {}, outputs);
}

function pick(names: OutputNames, outputs: TerraformOutputs): Outputs {
  return Object.fromEntries(
    Object.entries(names).flatMap(([id, name]): [string, unknown][] => {
      if (typeof name !== "string") {
        const nested = pick(name, outputs);
        return Object.keys(nested).length > 0 ? [[id, nested]] : [];
      }
      const output = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
      return output === undefined || output.sensitive ? [] : [[id, output.value]];
    }),
  );
}

/**
 * Writes the outputs of all stacks so that whoever reads the file finds either the old or the new content whole.
 * @throws InvalidInputError if the file cannot be written
 */
export function writeOutputs(file: string, outputs: ReadonlyMap<string, Outputs>): void {
  const partial = `${file}.${randomUUID()}`;
  try {
    writeFileSync(partial, `${JSON.stringify(Object.fromEntries(outputs), null, 2)}\n`);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new InvalidInputError(`--outputs-file ${quote(file)} cannot be written: ${(error as Error).message}`);
  }
}

/** An image as the output `planned_images` has it. */
interface Image {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** The images in an output of a service's stack: `demo:1.10@sha256:…`. */
export function imagesIn(output: unknown): string[] {
  if (typeof output !== "object" || output === null) return [];
  const images = Object.values(output as Record<string, unknown>).filter(isImage);
  return [
    ...new Set(
      images.map(
        ({ repository, tag, digest }) =>
          repository.replace(ECR_HOST, "") +
          (tag === undefined ? "" : `:${tag}`) +
          (digest === undefined ? "" : `@${digest}`),
      ),
    ),
  ];
}

const ECR_HOST = /^\d{12}\.dkr[.-]ecr[^/]*\//;

function isImage(value: unknown): value is Image {
  return typeof value === "object" && value !== null && typeof (value as Partial<Image>).repository === "string";
}
