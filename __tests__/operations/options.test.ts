import { InvalidInputError } from "../../src/errors";
import { deployOptions } from "../../src/operations/options";

const DEFAULTS = { stacks: [], autoApprove: false, output: "cdktf.out", noColor: false, help: false };

test("has the defaults of cdktf deploy", () => {
  expect(deployOptions([])).toEqual(DEFAULTS);
});

test("takes stacks and options in any order, and values with or without =", () => {
  const args = ["a", "--outputs-file=o.json", "--auto-approve", "*-b", "--parallelism", "3", "--app", "node app.js"];
  expect(deployOptions(args)).toEqual({
    ...DEFAULTS,
    stacks: ["a", "*-b"],
    outputsFile: "o.json",
    autoApprove: true,
    parallelism: 3,
    app: "node app.js",
  });
});

const KNOWN = "--auto-approve, --outputs-file, --parallelism, --output, --app, --no-color or --help";

test.each([
  [["--auto-aprove"], `there is no option "--auto-aprove"; choose ${KNOWN}`],
  [["-y"], `there is no option "-y"; choose ${KNOWN}`],
  [["--constructor"], `there is no option "--constructor"; choose ${KNOWN}`],
  [["a", "--outputs-file"], "option --outputs-file needs a value; see npm run deploy -- --help"],
  [["--outputs-file="], "option --outputs-file needs a value; see npm run deploy -- --help"],
  [["--outputs-file", "--auto-approve"], "option --outputs-file needs a value; see npm run deploy -- --help"],
  [["--auto-approve=no"], "option --auto-approve takes no value; see npm run deploy -- --help"],
  [["--parallelism", "0"], '--parallelism "0" is not valid; use a whole number from 1 to 9999'],
  [["--parallelism", "many"], '--parallelism "many" is not valid; use a whole number from 1 to 9999'],
])("%j is refused in one line", (args, line) => {
  expect(() => deployOptions(args)).toThrow(new InvalidInputError(line));
});
