/** The code that state.md shows. */
import type { ServiceConfig } from "../src/config";

export const adopted: Pick<ServiceConfig, "extend"> = {
  extend: ({ service: { resource } }) => {
    resource.resetLaunchType();
    resource.putCapacityProviderStrategy([{ capacityProvider: "FARGATE", weight: 1 }]);
  },
};
