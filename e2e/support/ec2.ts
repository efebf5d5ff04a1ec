/** Amazon EC2 of the emulator, for what stories need of a network; the SDK's client for EC2 is a hundred times as large. */
export class Ec2 {
  constructor(private readonly endpoint: string) {}

  /**
   * A VPC with one subnet, both with the tag `Name`.
   * @returns the id of the subnet
   */
  async createVpc(name: string, cidrBlock: string): Promise<string> {
    const vpc = await this.request("CreateVpc", { CidrBlock: cidrBlock });
    const subnet = await this.request("CreateSubnet", { VpcId: idIn(vpc, "vpcId"), CidrBlock: cidrBlock });
    await this.tag(idIn(vpc, "vpcId"), "Name", name);
    await this.tag(idIn(subnet, "subnetId"), "Name", name);
    return idIn(subnet, "subnetId");
  }

  async tag(resource: string, key: string, value: string): Promise<void> {
    await this.request("CreateTags", { "ResourceId.1": resource, "Tag.1.Key": key, "Tag.1.Value": value });
  }

  async untag(resource: string, key: string): Promise<void> {
    await this.request("DeleteTags", { "ResourceId.1": resource, "Tag.1.Key": key });
  }

  /** @returns the answer, as XML @throws Error with the answer if it is an error */
  async request(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return answer;
  }
}

/** All values of an element, in order. */
export function idsIn(answer: string, element: string): string[] {
  return [...answer.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, id = ""]) => id);
}

/** The first value of an element. @throws Error if there is none */
export function idIn(answer: string, element: string): string {
  const [id] = idsIn(answer, element);
  if (id === undefined) throw new Error(`no ${element} in ${answer}`);
  return id;
}
