import fc from "fast-check";

/** One of these texts, and sometimes any text. */
type OneOf = (...texts: string[]) => fc.Arbitrary<string>;

const KEY = "arn:aws:kms:us-east-1:111122223333:key/a";

/** What a container reads from Secrets Manager, Parameter Store and S3. */
export function anySecrets(oneOf: OneOf) {
  const kmsKeyArn = oneOf(KEY);
  const name = oneOf("db", "shop/db", "constructor", "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCd12");
  const version = fc.record(
    { kmsKeyArn, key: oneOf("password", "${key}"), versionStage: oneOf("AWSPREVIOUS") },
    { requiredKeys: [] },
  );
  const secret = fc.oneof(
    fc.tuple(fc.record({ secretsManager: name }), version).map(([source, more]) => ({ ...source, ...more })),
    fc.record({ ssmParameter: oneOf("/shop/token", "token"), kmsKeyArn }, { requiredKeys: ["ssmParameter"] }),
  );
  return {
    secrets: fc.dictionary(oneOf("DB_PASSWORD", "TOKEN", "toString"), secret, { maxKeys: 2 }),
    environmentFiles: fc.array(oneOf("arn:aws:s3:::settings/a.env"), { maxLength: 1 }),
  };
}
