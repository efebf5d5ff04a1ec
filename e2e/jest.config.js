/** End-to-end tests: real Terraform and AWS provider against the local AWS of e2e/emulator. */
module.exports = {
  rootDir: "..",
  testEnvironment: "node",
  roots: ["<rootDir>/e2e"],
  testMatch: ["**/*.test.ts"],
  testTimeout: 300_000,
  maxWorkers: 2, // a Terraform with its provider takes 400 MB and a core
  globalSetup: "<rootDir>/e2e/support/global-setup.ts",
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json" }] },
};
