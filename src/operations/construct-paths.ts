/** A resource or data source, as `cdktf synth` writes it. */
interface Block {
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/**
 * Adds to each address in a text the path of its construct, as `cdktf` does: it names what an address leaves out, such as
 * the image in `data.aws_ecr_image.demo-image (demo-image/demo:1.10)`.
 * @param configuration JSON that `cdktf synth` has written for the stack
 */
export function withConstructPaths(stack: string, configuration: string): (text: string) => string {
  const { data = {}, resource = {} } = JSON.parse(configuration) as { data?: Blocks; resource?: Blocks };
  const paths = new Map([...pathsOf("data.", data), ...pathsOf("", resource)]);
  if (paths.size === 0) return (text) => text;
  // Terraform may colour an address, and then a letter precedes it.
  const addresses = [...paths.keys()].map((address) => address.replace(/\W/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<=^|[^\\w.-]|\\u001b\\[[0-9;]*m)(?:${addresses})(?![\\w-])(?!\\.\\w)`, "gm");
  return (text) =>
    text.replace(pattern, (address) => `${address} (${(paths.get(address) ?? "").replace(`${stack}/`, "")})`);
}

function pathsOf(prefix: string, blocks: Blocks): [string, string][] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, block]): [string, string][] => {
      const path = block["//"]?.metadata?.path;
      return path === undefined ? [] : [[`${prefix}${type}.${name}`, path]];
    }),
  );
}
