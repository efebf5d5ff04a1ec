/** The variables of this process. This is the only place that reads `process.env`. */
export const variables: Readonly<NodeJS.ProcessEnv> = process.env;
