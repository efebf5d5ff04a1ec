import { scheduledAction } from "../../src/model/scheduled-action";
import { lines } from "../support/problems";

describe("a scheduled action", () => {
  const action = { schedule: "rate(1 day)", minCapacity: 0 };

  test.each<[object, string]>([
    [{ schedule: "rate(1 day)" }, "changes nothing; give minCapacity, maxCapacity or both"],
    [
      { ...action, startTime: "2030-01-31T08:00:00+01:00", endTime: "2030-01-31T07:00:00Z" },
      "endTime 2030-01-31T07:00:00Z is not after startTime 2030-01-31T08:00:00+01:00; make it later",
    ],
  ])("may not be %j", (value, message) => expect(lines(scheduledAction, value)).toEqual([`it: ${message}`]));

  test("may be bounded, in any time zone", () =>
    expect(
      lines(scheduledAction, {
        ...action,
        timezone: "Europe/Berlin",
        startTime: "2030-01-31T08:00:00+01:00",
        endTime: "2030-01-31T07:00:01Z",
      }),
    ).toEqual([]));
});
