/** The variables of this process. This is the only place that reads `process.env`. */
export function variables(): Readonly<NodeJS.ProcessEnv> {
  return process.env;
}
