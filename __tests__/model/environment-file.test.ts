import { environmentFiles } from "../../src/model/environment-file";
import { fargateService } from "../../src/model/service";
import { REFERENCE, lines } from "../support/problems";
import { containerProps, serviceProps } from "../support/task-stack";

const file = (name: string): string => `arn:aws:s3:::shop-settings/${name}`;

test.each([
  file("web.env"),
  file("a/b-c_1/(web)!.env"),
  file(".env"),
  file("a..b/..env"),
  "arn:aws-cn:s3:::abc/web.env",
  REFERENCE,
  `${REFERENCE}/web.env`,
])("%j is accepted", (value) => expect(lines(environmentFiles, [value])).toEqual([]));

test.each([
  "",
  "s3://shop-settings/web.env",
  file("web.txt"),
  file("*.env"),
  file("${aws:username}.env"),
  "arn:aws:s3:::shop-settings",
  "arn:aws:s3:::Shop/web.env",
  "arn:aws:s3:::shop..settings/web.env",
])("%j is rejected", (value) =>
  expect(lines(environmentFiles, [value])).toEqual([
    `it: [0] ${JSON.stringify(value)} is not valid; use the ARN of an object in S3 that ends in .env: arn:aws:s3:::BUCKET/NAME.env`,
  ]),
);

test("the same file twice is rejected", () =>
  expect(lines(environmentFiles, [file("a.env"), file("a.env")])).toEqual([
    `it has "${file("a.env")}" twice; remove one`,
  ]));

const files = (count: number): string[] => Array.from({ length: count }, (_, index) => file(`${index}.env`));

test.each([
  [10, 0, []],
  [5, 6, ["it: the containers have 11 environmentFiles in total, but a task may have 10; merge some"]],
  [11, 0, ['it: containers[0] "web": environmentFiles has 11 entries; give 0 to 10']],
])("a task whose containers have %d and %d files", (first, second, expected) => {
  const containers = [
    containerProps({ environmentFiles: files(first) }),
    containerProps({ name: "agent", environmentFiles: files(second) }),
  ];
  expect(lines(fargateService, serviceProps({ containers }))).toEqual(expected);
});
