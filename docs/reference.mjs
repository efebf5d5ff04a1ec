/** `node docs/reference.mjs FILE` writes the reference from what TypeDoc reads in the model: types and doc comments. */
import { writeFile } from "node:fs/promises";

import { format, resolveConfig } from "prettier";
import { Application, ReflectionKind, TSConfigReader, TypeDocReader } from "typedoc";

const INTRODUCTION = `<!-- Written by npm run docs from the doc comments in src/model and src/config/types.ts. -->

# Reference

What runs is listed in \`src/config/services.ts\`: [services](#service). Where it runs is listed in
\`src/config/environments.ts\`: [environments](#environment), and the [registry](#registry). Other CDKTF apps use
the constructs \`PinnedFargateService\`, whose props are a [Fargate service](#fargate-service), and \`PinnedImage\`,
whose props are an [ECR image](#ecr-image). A property that is not on this page is an error.`;

/** The interfaces of what a user may write, in the order of the page. */
const SECTIONS = (
  "ServiceConfig ServiceOverride ContainerProps EcrImage PortMapping HealthCheck Ulimit RestartPolicy Logging " +
  "EnvironmentConfig NetworkProps IngressRule ClusterConfig LocalState S3State RegistryConfig FargateServiceProps"
).split(" ");

const app = await Application.bootstrap({ options: "docs/typedoc.json" }, [new TypeDocReader(), new TSConfigReader()]);
const project = (await app.convert()) ?? process.exit(1);
const interfaces = SECTIONS.map((name) =>
  project.getReflectionsByKind(ReflectionKind.Interface).find((each) => each.name === name),
);
const sectionOfObject = new Map(interfaces.map((each) => [names(each), each.name]));
/** A property that several interfaces share is described in the first. */
const sectionOfProperty = new Map(
  interfaces.toReversed().flatMap(({ name, children }) => children.map((each) => [place(each), name])),
);

const markdown = [INTRODUCTION, ...interfaces.map(section)].join("\n\n");
const style = await resolveConfig("docs/reference.md");
await writeFile(process.argv[2], await format(markdown, { ...style, parser: "markdown", proseWrap: "always" }));

function section({ name, comment, extendedTypes, children }) {
  const docs = comment ?? extendedTypes[0].typeArguments[0].queryType.reflection.comment; // or those of the schema
  const see = tag(docs, "@see");
  const type = `Type: \`${name}\`.${see ? ` See [the AWS documentation](${see}).` : ""}`;
  return [`## ${title(name)}`, text(docs.summary), type, properties(children, name)].join("\n\n");
}

function properties(children, section) {
  const sectionOf = (each) => sectionOfProperty.get(place(each)) ?? section;
  const own = children.filter((each) => sectionOf(each) === section);
  const others = new Set(children.map(sectionOf).filter((other) => other !== section));
  const references = [...others].map((other) => {
    const shared = names({ children: children.filter((each) => sectionOf(each) === other) });
    return `- As in ${link(other)}: \`${shared.replaceAll(", ", "`, `")}\`.`;
  });
  return [...own.map((each) => property(each, section)), ...references].join("\n");
}

function property({ name, type, flags, comment }, section) {
  const value = tag(comment, "@default");
  const standard = value?.startsWith("- ") ? value.slice(2) : `\`${value}\``; // prose begins with a dash
  const presence = value ? `default: ${standard}` : flags.isOptional ? "optional" : "required";
  const inner = inlineObjects(type).map(({ children }) => properties(children, section));
  return [`- **\`${name}\`**: ${words(type)}; ${presence}\\`, text(comment?.summary), ...inner]
    .join("\n")
    .replaceAll("\n", "\n  ");
}

/** A type in words; `s` is for the plural. */
function words(type, s = "") {
  if (type.type === "union") return oneOf(type.types.map((each) => words(each)));
  if (type.type === "literal") return `\`${JSON.stringify(type.value)}\``;
  if (type.type === "typeOperator") return words(type.target, s);
  if (type.type === "array") return `list of ${words(type.elementType, "s")}`;
  if (type.typeArguments) return `map of ${words(type.typeArguments[1], "s")}`;
  if (type.type === "reference") return `\`${type.reflection.type}\``;
  if (type.type !== "reflection") return `${type}${s}`;
  const section = sectionOfObject.get(names(type.declaration));
  return section ? link(section, s) : `\`{ ${names(type.declaration).replace(/.{50,}/, "…")} }\``;
}

function oneOf(words) {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** The objects in a type that have no section. */
function inlineObjects(type) {
  const parts = type.types ?? type.typeArguments ?? [type.elementType ?? type.target ?? []].flat();
  if (parts.length > 0) return parts.flatMap(inlineObjects);
  return type.declaration?.children && !sectionOfObject.has(names(type.declaration)) ? [type.declaration] : [];
}

function names({ children = [] }) {
  return children
    .map(({ name }) => name)
    .sort()
    .join(", ");
}

function place({ sources: [{ fileName, line }] }) {
  return `${fileName}:${line}`;
}

/** `Port mapping` for `PortMapping`, `ECR image` for `EcrImage` */
function title(name) {
  const [first, ...others] = name.replace(/(Props|Config)$/, "").match(/[A-Z][a-z0-9]+/g);
  return [first.replace("Ecr", "ECR"), ...others.map((word) => word.toLowerCase())].join(" ");
}

function link(name, s = "") {
  const words = title(name).replace(/^[A-Z](?![A-Z0-9])/, (letter) => letter.toLowerCase());
  return `[${words}${s}](#${title(name).toLowerCase().replaceAll(" ", "-")})`;
}

function text(parts = []) {
  return parts
    .map((part) => part.text)
    .join("")
    .trim();
}

function tag(comment, name) {
  const found = comment?.getTag(name);
  return found && (text(found.content) || found.typeAnnotation);
}
