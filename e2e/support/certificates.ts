/** A certificate in AWS Certificate Manager of the emulator, and its ARN; there is no need for a client of the SDK. */
export async function requestCertificate(endpoint: string, domainName: string): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/acm/aws4_request, SignedHeaders=host, Signature=0",
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CertificateManager.RequestCertificate",
    },
    body: JSON.stringify({ DomainName: domainName }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return (JSON.parse(answer) as { CertificateArn: string }).CertificateArn;
}
