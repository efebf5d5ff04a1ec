import tseslint from "typescript-eslint";

const NO_PROVIDER_INDEX = {
  regex: "^@cdktf/provider-aws(/lib)?(/index(\\.js)?)?/?$",
  message: "The index costs 10 s and 1 GB; import @cdktf/provider-aws/lib/<resource>.",
};
const NO_AWS_SDK = { group: ["@aws-sdk/*", "@smithy/*"], message: "Synth makes no network call." };
const NO_CDKTF = { group: ["cdktf", "cdktf/*", "constructs", "@cdktf/*"], message: "No CDKTF here." };

/**
 * Forbids imports of the named folders of src; a type costs nothing at run time, so `types` may cross. Arrows of the
 * house point one way: main → config, stacks; stacks → constructs → image; config → image.
 */
const noFolder = (folders, { types = false } = {}) => ({
  regex: `^(\\.{1,2}/)+(src/)?(${folders.join("|")})(/|$)`,
  allowTypeImports: types,
  message: "This arrow points the wrong way; see docs/decisions/001-house.md.",
});

const imports = (files, ...patterns) => ({
  files,
  rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [NO_PROVIDER_INDEX, ...patterns] }] },
});

const NO_PROCESS_ENV = [
  "MemberExpression[object.name='process'][property.name='env']",
  "MemberExpression[object.property.name='process']",
  "MemberExpression[object.name='process'][property.value='env']",
  "VariableDeclarator[init.name='process']",
  "ImportDeclaration[source.value=/^(node:)?process$/]",
].map((selector) => ({ selector, message: "Only src/config reads process.env." }));

export default tseslint.config(
  { ignores: ["build/", "cdktf.out/", "coverage/", ".emulator/"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
    },
  },
  imports(["**/*.ts"]),
  imports(
    ["src/errors.ts", "src/image/**"],
    NO_CDKTF,
    NO_AWS_SDK,
    noFolder(["config", "constructs", "stacks", "operations"]),
  ),
  imports(["src/constructs/**"], NO_AWS_SDK, noFolder(["config", "stacks", "operations"])),
  imports(["src/stacks/**"], NO_AWS_SDK, noFolder(["config", "image", "operations"])),
  imports(
    ["src/config/**"],
    NO_CDKTF,
    NO_AWS_SDK,
    noFolder(["constructs", "stacks"], { types: true }),
    noFolder(["operations"]),
  ),
  imports(["src/operations/**"], NO_CDKTF, noFolder(["constructs", "stacks"])),
  imports(["main.ts"], NO_AWS_SDK, {
    regex: "^\\./src/(image|constructs|operations)",
    message: "main composes config and stacks.",
  }),
  {
    files: ["main.ts", "src/**/*.ts"],
    ignores: ["src/config/index.ts"],
    rules: { "no-restricted-syntax": ["error", ...NO_PROCESS_ENV] },
  },
  {
    files: ["**/*.test.ts", "e2e/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
);
