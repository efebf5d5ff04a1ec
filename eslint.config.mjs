import tseslint from "typescript-eslint";

const NO_PROVIDER_INDEX = {
  regex: "^@cdktf/provider-aws(/lib)?(/index(\\.js)?)?/?$",
  message: "The index costs 10 s and 1 GB; import @cdktf/provider-aws/lib/<resource>.",
};
const NO_AWS_SDK = { group: ["@aws-sdk/*", "@smithy/*"], message: "Synth makes no network call." };
const NO_CDKTF = { group: ["cdktf", "cdktf/*", "constructs", "@cdktf/*"], message: "No CDKTF here." };
/** The model must tell a token from a value, and uses nothing else from CDKTF. */
const NO_CONSTRUCTS = { group: ["constructs", "@cdktf/*"], message: "The model has no constructs." };

/**
 * Forbids imports from the named folders of src, even of types. Imports go one way: main → config, stacks;
 * stacks → constructs → model → image; config → model.
 */
const noFolder = (...folders) => ({
  regex: `^(\\.{1,2}/)+(src/)?(${folders.join("|")})(/|$)`,
  message: "This arrow points the wrong way; see docs/decisions/001-house.md.",
});

/** The `extend` of a service or a job receives a public construct, and the config names its type. */
const NO_CONSTRUCT_BUT_PUBLIC_ONES = [
  noFolder("constructs(?!/(service/pinned-fargate-service|job/pinned-fargate-job)$)"),
  { ...noFolder("constructs/(service/pinned-fargate-service|job/pinned-fargate-job)"), allowTypeImports: true },
];

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
      // An interface gives a schema's inferred type a name, in the editor and in docs/reference.md.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
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
    noFolder("config", "model", "constructs", "stacks", "operations"),
  ),
  imports(["src/model/**"], NO_CONSTRUCTS, NO_AWS_SDK, noFolder("config", "constructs", "stacks", "operations")),
  imports(["src/constructs/**"], NO_AWS_SDK, noFolder("config", "stacks", "operations")),
  imports(["src/stacks/**"], NO_AWS_SDK, noFolder("config", "image", "operations")),
  imports(["src/config/**"], NO_AWS_SDK, noFolder("image", "stacks", "operations"), ...NO_CONSTRUCT_BUT_PUBLIC_ONES),
  imports(["src/index.ts"], NO_AWS_SDK, noFolder("config", "image", "stacks", "operations")),
  imports(["src/operations/**"], NO_CDKTF, noFolder("constructs", "stacks")),
  // The command must start, and print its one line, whatever is in the config: it reads the variables alone.
  imports(["src/cli.ts"], NO_CDKTF, NO_AWS_SDK, noFolder("config(?!/variables$)", "constructs", "stacks")),
  imports(["main.ts"], NO_AWS_SDK, noFolder("image", "model", "constructs", "operations")),
  {
    files: ["main.ts", "src/**/*.ts"],
    ignores: ["src/config/variables.ts"],
    rules: { "no-restricted-syntax": ["error", ...NO_PROCESS_ENV] },
  },
  {
    files: ["**/*.test.ts", "e2e/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
);
