import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { Config } from "../../src/config";
import { shippedConfig } from "./shipped-config";

const ROOT = join(__dirname, "..", "..");

/** What CI sets for a guide or an example: the pull request that has an environment. */
export const VARIABLES = { PR_NUMBER: "12" };

/** What a guide in docs/guides or a folder of examples shows, as a whole config. */
export interface Guide {
  readonly name: string;
  readonly config: Config;
}

/** The code of all guides and examples, by path from the root of the repository, without its ending. */
export function guideFiles(): string[] {
  return [...filesIn("docs/guides"), ...foldersIn("examples").map((folder) => join(folder, "config"))].sort();
}

/** All guides and examples: their own services, in their own environments, or in the `staging` that shipped, not in yours. */
export async function guides(): Promise<Guide[]> {
  const { environments, registry } = shippedConfig;
  const staging = environments.filter(({ name }) => name === "staging");
  return Promise.all(
    guideFiles().map(async (name) => {
      const shown = (await import(join(ROOT, name))) as Partial<Config>;
      return { name, config: { services: [], environments: staging, registry, ...pick(shown) } };
    }),
  );
}

function pick({ services, jobs, environments, registry }: Partial<Config>): Partial<Config> {
  return {
    ...(services && { services }),
    ...(jobs && { jobs }),
    ...(environments && { environments }),
    ...(registry && { registry }),
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file.replace(/\.ts$/, "")));
}

function foldersIn(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}
