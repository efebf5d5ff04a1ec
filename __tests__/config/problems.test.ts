import { resolveConfig } from "../../src/config";
import { config } from "../support/config";
import { rejection } from "../support/rejection";

describe("TF_WORKSPACE", () => {
  test("is rejected, since a workspace has states of its own", () =>
    expect(rejection(() => resolveConfig(config(), { TF_WORKSPACE: "blue" }))).toBe(
      'TF_WORKSPACE "blue" would use other states; unset it',
    ));

  test.each(["", "default"])("may be %j, which changes nothing", (workspace) =>
    expect(resolveConfig(config(), { TF_WORKSPACE: workspace })).toEqual(resolveConfig(config(), {})),
  );
});
