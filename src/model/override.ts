import { z } from "zod";

import { object, record } from "./leaves";
import { areSecretsOfTwoKinds } from "./secrets";

/** What may be overridden in a `T`: any of its properties, at every depth. */
export type Override<T> = T extends string | number | boolean | readonly unknown[]
  ? T
  : { [K in keyof T]?: Override<T[K]> };

/**
 * The schema of an object with every property optional, at every depth, also in objects by name, and without defaults.
 * Lists stay as they are.
 */
export function override<T extends z.ZodRawShape>({ shape }: z.ZodObject<T>): OverrideSchema<T> {
  const properties = Object.entries(shape).map(([name, schema]) => [name, loose(schema).optional()]);
  return object(Object.fromEntries(properties) as z.ZodRawShape) as OverrideSchema<T>;
}

/** Only changes the types, so that the properties keep their docs. */
type OverrideSchema<T extends z.ZodRawShape> = z.ZodObject<
  { [K in keyof T]: z.ZodOptional<z.ZodType<unknown, Override<z.input<T[K]>>>> },
  z.core.$strict
>;

function loose(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return loose(schema.unwrap());
  }
  if (schema instanceof z.ZodUnion) {
    // Several objects are alternatives that exclude each other, and an override gives one of them as a whole.
    if (schema.options.filter((option) => option instanceof z.ZodObject).length > 1) return schema;
    return z.union(schema.options.map(loose), { error: schema.def.error as never });
  }
  const byName = schema instanceof z.ZodPipe ? schema.out : undefined;
  if (byName instanceof z.ZodRecord)
    return record(byName.keyType as z.ZodType<string, string>, loose(byName.valueType));
  return schema instanceof z.ZodObject ? override(schema) : (schema as z.ZodType);
}

/**
 * `base` with `changes` applied: objects property by property at every depth; lists and all other values are replaced,
 * and a secret by one of the other kind.
 */
export function merge<T>(base: T, changes: Override<T> | undefined): T {
  if (changes === undefined) return base;
  if (!isRecord(base) || !isRecord(changes) || areSecretsOfTwoKinds(base, changes)) return changes as T;
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [name, change] of Object.entries(changes)) merged.set(name, merge(merged.get(name), change as never));
  return Object.fromEntries(merged) as T;
}

/** Properties of which an object has one. */
export interface Forms {
  readonly forms: readonly string[];
  /** What belongs to the one that the object has. */
  readonly also?: readonly string[];
  /** The same of objects in it, by name. */
  readonly within?: Readonly<Record<string, Forms>>;
}

/** `base` without what `changes` replace by another of the forms that exclude each other; for `merge`. */
export function withoutOtherForms<T>(base: T, changes: unknown, { forms, also = [], within = {} }: Forms): T {
  if (!isRecord(base) || !isRecord(changes)) return base;
  const form = forms.find((name) => changes[name] !== undefined);
  const dropped = form === undefined || base[form] !== undefined ? [] : [...forms, ...also];
  const kept = Object.entries(base).filter(([name]) => !dropped.includes(name));
  const entries = kept.map(([name, value]): [string, unknown] => {
    const inner = Object.hasOwn(within, name) ? within[name] : undefined;
    return [name, inner ? withoutOtherForms(value, changes[name], inner) : value];
  });
  return Object.fromEntries(entries) as T;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
