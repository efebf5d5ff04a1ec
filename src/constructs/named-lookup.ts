/**
 * What CDKTF writes about a data source, with another path. The provider's error for something that does not exist often
 * names nothing, but `cdktf` prints the path of the lookup next to it: `(network/vpc Name=main)`.
 */
export function withPath(written: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> {
  const { metadata } = written as { metadata: object };
  return { metadata: { ...metadata, path: path.replaceAll("/Default", "") } };
}
