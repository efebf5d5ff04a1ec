/** What a text is that plainly is a secret. Few and certain: a false alarm costs more than a secret that passes. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/, "a private key"],
  [/\b(AKIA|ASIA)[A-Z2-7]{16}\b/, "an AWS access key"],
  [/\b(gh[oprsu]_[A-Za-z0-9]{36}|github_pat_\w{82})\b/, "a GitHub token"],
  [/\bglpat-[\w-]{20}/, "a GitLab token"],
  [/\bxox[bp](-[0-9]{10,13}){2,3}-?[A-Za-z0-9-]{24,}/, "a Slack token"],
  [/\b[rs]k_(live|prod)_[A-Za-z0-9]{10,99}\b/, "a Stripe key"],
];

/** `scheme://user:password@host`, but not an image `docker://name:tag@sha256:…`. */
const URLS = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:"']*:([^\s/?#@"']+)@(?!sha256:)(\[::1\]|[^\s/?#:"']*)/gi;
/** `jdbc:postgresql://host/shop?user=shop&password=…` */
const JDBC = /\bjdbc:\S{0,2000}?[?&;]password=([^\s&;"']+)/gi;

/**
 * What stands for a password that something else fills in: `$PASSWORD`, `${PASSWORD}`, `$(…)`, `%s`, `%PASSWORD%`,
 * `{password}`, `{{ password }}`, `<password>`, `***`. A reference of CDKTF is none: Terraform would fill it in.
 */
const PLACEHOLDER = /^(\$[A-Z0-9_]+|\$\{(?!TfToken).*\}|\$\(.*\)|%[a-z]|%\w+%|\{.*\}|<.*>|\*+)$/s;
/** What only containers of the same task can reach. */
const OWN_TASK = /^(localhost|127\.0\.0\.1|\[::1\])$/i;

/** What kind of secret a text has, if it plainly has one. A password that only this task can use is none. */
export function plainSecretIn(text: string): string | undefined {
  const [, kind] = KINDS.find(([expression]) => expression.test(text)) ?? [];
  if (kind !== undefined) return kind;
  const inUrl = [...text.matchAll(URLS)].some(
    ([, password = "", host = ""]) => !PLACEHOLDER.test(password) && !OWN_TASK.test(host),
  );
  const inJdbc = [...text.matchAll(JDBC)].some(([, password = ""]) => !PLACEHOLDER.test(password));
  return inUrl || inJdbc ? "a URL with a password" : undefined;
}

const SECRET_VARIABLES: Readonly<Record<string, RegExp>> = {
  AWS_SECRET_ACCESS_KEY: /^[A-Za-z0-9/+]{40}$/,
  AWS_SESSION_TOKEN: /^[A-Za-z0-9/+=]{100,}$/,
};

/** Whether a variable holds a part of an AWS access key that only its name gives away. */
export function isAwsSecret(name: string, value: string): boolean {
  return Object.hasOwn(SECRET_VARIABLES, name) && SECRET_VARIABLES[name]?.test(value) === true;
}
