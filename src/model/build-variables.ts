import { InvalidInputError, alternatives, quote } from "../errors";
import { DIGEST, formatBuild, parseBuild, parseImageReference, placeOfEcr, type Build } from "../image";

export type { Build };

/** The variables of a process. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** The variables that name the build of a service. */
export interface BuildVariables {
  /** `DEMO_IMAGE_TAG`: `1.11`, or `1.11@sha256:…`. */
  readonly tag: string;
  /** `DEMO_IMAGE_DIGEST`: `sha256:…`. */
  readonly digest: string;
  /** `DEMO_IMAGE`: a whole reference, as build tools print it. */
  readonly reference: string;
}

/** `DEMO_IMAGE_TAG` … for `demo`, `ORDER_API_IMAGE_TAG` … for `order-api`. */
export function buildVariables(service: string): BuildVariables {
  const image = `${service.toUpperCase().replaceAll("-", "_")}_IMAGE`;
  return { tag: `${image}_TAG`, digest: `${image}_DIGEST`, reference: image };
}

/** Where a service takes its builds from. */
export interface BuildSource {
  readonly repository: string;
  /** Account that owns the repository. @default - not known at synth */
  readonly accountId?: string;
  /** Regions that a build may be pushed to: where it is looked up, and where it is replicated from. */
  readonly regions: readonly string[];
}

/** What one variable says. */
interface Statement {
  readonly variable: string;
  readonly build: Build;
}

/**
 * The build that the variables of a service name.
 * @throws InvalidInputError for a value that is not valid, for another repository, or for variables that contradict
 */
export function namedBuild(service: string, source: BuildSource, variables: ProcessEnvironment): Build | undefined {
  const { tag, digest, reference } = buildVariables(service);
  const readers: [string, (text: string) => Build][] = [
    [tag, (text) => readTag(text, { digest, reference })],
    [digest, readDigest],
    [reference, (text) => readReference(text, source)],
  ];
  const statements = readers.flatMap(([variable, read]): Statement[] => {
    const text = variables[variable];
    return text === undefined ? [] : [{ variable, build: readAs(variable, text, read) }];
  });
  return statements.length === 0 ? undefined : agreed(statements);
}

function readAs(variable: string, text: string, read: (text: string) => Build): Build {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError(`${variable} ${quote(text)} ${error.message}`);
  }
}

function readTag(text: string, others: Pick<BuildVariables, "digest" | "reference">): Build {
  if (DIGEST.accepts(text)) throw new InvalidInputError(`is a digest; set ${others.digest} instead`);
  if (/^[^@]*[/:]/.test(text)) throw new InvalidInputError(`is a whole reference; set ${others.reference} instead`);
  return parseBuild(text);
}

function readDigest(digest: string): Build {
  if (DIGEST.accepts(digest)) return { digest };
  throw new InvalidInputError(`is not valid; ${DIGEST.hint}`);
}

function readReference(text: string, source: BuildSource): Build {
  const { registry, repository, tag, digest } = parseImageReference(text);
  const place = registry === undefined ? undefined : placeOfEcr(registry);
  if (registry !== undefined && !place) {
    throw new InvalidInputError("is not in Amazon ECR; push the build there, and name it by that address");
  }
  if (repository !== source.repository) {
    throw new InvalidInputError(
      `is in repository ${quote(repository)}, but the service takes its image from ${quote(source.repository)}; correct one of them`,
    );
  }
  if (tag === undefined && digest === undefined) {
    throw new InvalidInputError("has neither tag nor digest; add one of them");
  }
  if (place && digest === undefined) checkPlace(place, source);
  return { ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** Elsewhere the tag may point at another build. A digest is the same everywhere, and the lookup decides. */
function checkPlace(place: { accountId: string; region: string }, { accountId, regions }: BuildSource): void {
  if (accountId !== undefined && place.accountId !== accountId) rejectPlace(`account ${place.accountId}`, accountId);
  if (!regions.includes(place.region)) rejectPlace(place.region, alternatives(regions));
}

function rejectPlace(there: string, here: string): never {
  throw new InvalidInputError(
    `is in ${there}, but the service takes its image from ${here}; add the digest, or correct one of them`,
  );
}

/** What all statements say together. */
function agreed(statements: readonly Statement[]): Build {
  const parts = (["tag", "digest"] as const).flatMap((part): [string, string][] => {
    const stated = statements.filter(({ build }) => build[part] !== undefined);
    const [first] = stated;
    const value = first?.build[part];
    if (!first || value === undefined) return [];
    const other = stated.find(({ build }) => build[part] !== value);
    if (!other) return [[part, value]];
    throw new InvalidInputError(
      `${first.variable} names ${quote(formatBuild(first.build))} and ${other.variable} names ${quote(formatBuild(other.build))}; unset one of them`,
    );
  });
  return Object.fromEntries(parts);
}

/** Whether two images are the same build, as far as it is named. */
export function isSameBuild(one: Build, other: Build): boolean {
  return one.tag === other.tag && one.digest === other.digest;
}

/** The repository of a reference; `undefined` for a text that is none. */
export function repositoryOf(reference: string): string | undefined {
  try {
    return parseImageReference(reference).repository;
  } catch {
    return undefined;
  }
}
