import { linesOf } from "../../src/config/faults";

const ENVIRONMENTS = ["staging", "production"];
const faults = (...names: string[]) => names.map((environment) => ({ environment, text: ": cpu is missing" }));

describe("a fault of a service", () => {
  test("in all of its environments is said once", () =>
    expect(linesOf('service "shop"', ENVIRONMENTS, faults(...ENVIRONMENTS))).toEqual([
      'service "shop": cpu is missing',
    ]));

  test("in some of its environments is said for each of them", () =>
    expect(linesOf('service "shop"', ["qa", ...ENVIRONMENTS], faults(...ENVIRONMENTS))).toEqual([
      'service "shop" in "staging": cpu is missing',
      'service "shop" in "production": cpu is missing',
    ]));

  test("in its only environment names that", () =>
    expect(linesOf('service "shop"', ["staging"], faults("staging"))).toEqual([
      'service "shop" in "staging": cpu is missing',
    ]));

  test("does not hide another one", () =>
    expect(
      linesOf('service "shop"', ENVIRONMENTS, [
        ...faults("staging"),
        { environment: "production", text: ": memory is missing" },
      ]),
    ).toEqual(['service "shop" in "staging": cpu is missing', 'service "shop" in "production": memory is missing']));

  test("is not there if nothing is wrong", () => expect(linesOf('service "shop"', ENVIRONMENTS, [])).toEqual([]));
});
