/** A reference to a resource, data source, local or variable. */
const REFERENCE = /^(data\.aws|local\.|var|aws)[\w.-]+$/;
const TEXT_OF_REFERENCE = /^tostring\((.+)\)$/;

/** An escape, an interpolation or a directive. `${jsonencode(…)}` stands for a JSON value, with what it encodes. */
const TEMPLATE = /\$\$\{|%%\{|\$\{jsonencode\(("(?:[^"\\]|\\.)*"|(?:tostring\()?[^"()]*\)?)\)\}|\$\{[^}]*\}?|%\{/g;

/**
 * A string of the JSON as Terraform reads it: `$${` and `%%{` are text. References are left as they are, and where one is
 * encoded as JSON, that is done: `${jsonencode("a/${var.b}")}` becomes `"a/${var.b}"`.
 *
 * @throws Error for any other interpolation, and for a directive
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function asTerraformReads(template: string): string {
  return template.replace(TEMPLATE, (found, encoded: string | undefined) => {
    if (found === "$${" || found === "%%{") return found.slice(1);
    if (encoded !== undefined) return JSON.stringify(valueOf(encoded));
    if (REFERENCE.test(found.slice(2, -1))) return found;
    throw new Error(`Terraform would evaluate ${found}`);
  });
}

/** A template with each `${jsonencode(…)}` in quotes, so that it is JSON. */
export function quotedExpressions(template: string): string {
  return template.replace(TEMPLATE, (found, encoded: string | undefined) =>
    encoded === undefined ? found : JSON.stringify(found),
  );
}

/** The value of an expression: a reference, or text in quotes. */
function valueOf(expression: string): string {
  if (!expression.startsWith('"')) return asTerraformReads(`\${${expression.replace(TEXT_OF_REFERENCE, "$1")}}`);
  return asTerraformReads(expression.slice(1, -1)).replace(/\\(u[0-9a-f]{4}|.)/g, (escape) => {
    if (/^\\["\\nrtu]/.test(escape)) return JSON.parse(`"${escape}"`) as string;
    throw new Error(`HCL has no escape ${escape}`);
  });
}
