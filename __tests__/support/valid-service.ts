import type { PinnedFargateServiceProps } from "../../src/model/service";

/** A service with no more than it must have, for tests that change something. */
export const VALID_SERVICE: PinnedFargateServiceProps = {
  name: "shop",
  cpu: 256,
  memory: 512,
  cluster: "staging",
  network: { vpc: "default" },
  containers: [{ name: "web", image: { repository: "demo", tag: "1.10" } }],
};
