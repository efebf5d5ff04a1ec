import type { z } from "zod";

import { object, oneOf, pattern, reference, wholeNumber } from "./leaves";
import { problem } from "./problems";

/**
 * A port that a container listens on.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export const portMapping = object({
  /** Port number: 1 to 65535. */
  containerPort: wholeNumber(1, 65_535),
  /** The same as `containerPort`: the network mode of Fargate allows nothing else. @default - `containerPort` */
  hostPort: wholeNumber(1, 65_535).optional(),
  /** Transport protocol. @default "tcp" */
  protocol: oneOf("tcp", "udp").default("tcp"),
  /**
   * Name for Service Connect: 1 to 64 lower-case letters, digits, `_` or `-`, beginning with a letter or digit.
   * @default - none
   */
  name: reference(
    pattern(
      /^[a-z0-9][a-z0-9_-]{0,63}$/,
      'use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit',
    ),
  ).optional(),
  /** Protocol of the application, for Service Connect. @default - none, which is plain TCP */
  appProtocol: oneOf("http", "http2", "grpc").optional(),
}).superRefine(({ containerPort, hostPort = containerPort }, context) => {
  if (hostPort === containerPort) return;
  problem(
    context,
    [],
    `hostPort ${String(hostPort)} differs from containerPort ${String(containerPort)}, which Fargate does not allow; remove hostPort`,
  );
});
export interface PortMapping extends z.input<typeof portMapping> {}
