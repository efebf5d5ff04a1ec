import { z } from "zod";

import type { Config } from "../../src/config";
import { jobConfig, serviceConfig } from "../../src/config/types";
import { environmentConfig } from "../../src/model/config";
import { registryConfig } from "../../src/model/registry";

/** A property that a schema describes, and every value of it that some value of the schema has. */
export interface Property {
  /** Where it is: names of the properties on the way to it. Names in lists and records are not part of it. */
  readonly paths: Set<string>;
  readonly values: unknown[];
}

/** Every property that a config can have, with its values in `config`. One that several parts share is there once. */
export function propertiesOf(config?: Config): Property[] {
  const found: Found = new Map();
  const all: readonly [string, z.core.$ZodType, readonly unknown[] | undefined][] = [
    ["registry", registryConfig, config && [config.registry]],
    ["environment", environmentConfig, config?.environments],
    ["service", serviceConfig, config?.services],
    ["job", jobConfig, config?.jobs],
  ];
  for (const [path, schema, values = [undefined]] of all) values.forEach((value) => visit(found, schema, path, value));
  return [...found.values()].flatMap((properties) => [...properties.values()]);
}

/** By what describes a property, and by its name. */
type Found = Map<z.core.$ZodType, Map<string, Property>>;

function visit(found: Found, schema: z.core.$ZodType, path: string, value: unknown): void {
  if (schema instanceof z.ZodObject) {
    for (const [name, described] of Object.entries<z.core.$ZodType>(schema.shape)) {
      const properties = found.get(described) ?? new Map<string, Property>();
      const property = properties.get(name) ?? { paths: new Set(), values: [] };
      property.paths.add(`${path}.${name}`);
      found.set(described, properties.set(name, property));
      const own = memberOf(value, name);
      if (own !== undefined) property.values.push(own);
      // What is different in an environment has the properties of the whole.
      if (name === "environments") membersOf(own).forEach((override) => visit(found, schema, path, override));
      else visit(found, described, `${path}.${name}`, own);
    }
    return;
  }
  const isMany = schema instanceof z.ZodArray || schema instanceof z.ZodRecord;
  const members = isMany && membersOf(value).length > 0 ? membersOf(value) : [isMany ? undefined : value];
  for (const part of partsOf(schema)) members.forEach((member) => visit(found, part, path, member));
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function membersOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/** What a schema is made of that has no name of its own. */
export function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodUnion) return schema.options;
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodPipe) return [schema.in, schema.out];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) return [schema.unwrap()];
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return [schema.unwrap()];
  if (schema instanceof z.ZodCustom || schema instanceof z.ZodLiteral || schema instanceof z.ZodTransform) return [];
  throw new Error(`partsOf does not know what a ${schema._zod.def.type} is made of`);
}
