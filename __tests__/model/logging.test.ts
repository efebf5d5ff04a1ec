import { logging } from "../../src/model/logging";
import { REFERENCE, describeProperties, lines } from "../support/problems";

describe("logging", () => {
  describeProperties(logging, {}, [
    ["mode", ["blocking", "non-blocking"], ["async"], "choose blocking or non-blocking"],
    [
      "maxBufferSize",
      ["1k", "25m", "2g"],
      ["", "25", "m", "0m", "25M", "25mb", "1.5m", REFERENCE],
      'use a number followed by k, m or g: "25m"',
    ],
  ]);

  test("rejects a buffer that nothing would use", () =>
    expect(lines(logging, { mode: "blocking", maxBufferSize: "1m" })).toEqual([
      'it: maxBufferSize is for mode "non-blocking"; remove it',
    ]));
});
