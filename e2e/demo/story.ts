import { startEmulator, type Emulator } from "../emulator/launch";
import { clients, type Clients } from "../support/aws";
import { manifest, push } from "../support/images";
import { Project } from "../support/project";
import { succeeded } from "../support/run";
import { abbreviate } from "./abbreviate";
import { planExcerpt } from "./plan-excerpt";
import { prerequisites } from "./prerequisites";
import { currentRevision, revisionTable } from "./revisions";
import type { Screen } from "./screen";
import { Steps } from "./steps";

/** The service that the repository ships, in the environment for the local AWS, and its image. */
const STACK = "demo-local";
const REPOSITORY = "demo";
const TAG = "1.10";

/** Names the build to deploy by its digest. */
const VARIABLE = "DEMO_IMAGE_DIGEST";

/** The life of a tag that is pushed twice, told with the real `cdktf` and Terraform against a local AWS. */
export class Story {
  private readonly steps: Steps;

  /** @param signal ends the story where it is; what was started and written is still removed */
  constructor(
    private readonly screen: Screen,
    private readonly signal: AbortSignal,
  ) {
    this.steps = new Steps(9, screen, signal);
  }

  /** @throws MissingPrerequisite or StepFailed */
  async tell(): Promise<void> {
    this.screen.heading("One image tag, pushed twice: which build runs?");
    this.screen.lines(
      "cdktf, Terraform and the AWS provider are real, AWS is a local emulator:",
      "no account is needed.",
    );
    const { emulator, mirror } = await this.steps.step("Start a local AWS", () => this.startAws());
    const project = new Project(emulator.endpoint, mirror, undefined, this.signal);
    try {
      await this.deployTwice(project, clients(emulator.endpoint));
    } finally {
      project.remove();
      await emulator.stop();
    }
    this.screen.lines("");
    this.screen.heading("A tag moves, a digest does not: what was planned is what runs.");
  }

  private async startAws(): Promise<{ emulator: Emulator; mirror: string }> {
    const { screen } = this;
    const mirror = await prerequisites(this.signal, screen);
    const emulator = await startEmulator();
    screen.lines(`It answers at ${emulator.endpoint}.`);
    return { emulator, mirror };
  }

  private async deployTwice(project: Project, { ecr, ecs }: Clients): Promise<void> {
    const { screen, steps } = this;
    const deploy = (stack: string) => screen.command(`cdktf deploy ${stack}`, project.deploy(stack));
    const pushBuild = async (build: string) => {
      const digest = await push(ecr, REPOSITORY, manifest(build), TAG);
      screen.lines(digest);
      return digest;
    };
    const showRevisions = async () => {
      const revision = await currentRevision(ecs, STACK);
      screen.lines(
        "",
        `${STACK} is at revision ${revision}. In the account:`,
        "",
        ...(await revisionTable(ecs, STACK)),
      );
    };

    await steps.step("Create the image repository", () => deploy("registry"));
    const first = await steps.step(`Push a build as ${REPOSITORY}:${TAG}`, () => pushBuild("first build"));
    await steps.step("Deploy the service", async () => {
      await deploy(STACK);
      await showRevisions();
    });
    await steps.step(`Push another build under the same tag, ${REPOSITORY}:${TAG}`, () => pushBuild("second build"));
    await steps.step("What would a deploy change?", () => this.showPlan(project));
    await steps.step("Deploy it", async () => {
      await deploy(STACK);
      await showRevisions();
      screen.lines("", "Revision 1 stays, tied to the first build, for ECS to roll back to.");
    });
    await steps.step("Roll back to the first build, by its digest", async () => {
      const variables = { [VARIABLE]: first };
      await screen.command(`${VARIABLE}=${abbreviate(first)} cdktf deploy ${STACK}`, project.deploy(STACK, variables));
      await showRevisions();
      screen.lines("", "No tag points at it any more, and none had to be pushed again.");
    });
    await steps.step("Clean up", async () => {
      await screen.command(`cdktf destroy ${STACK}`, project.destroy(STACK));
      screen.lines("The local AWS ends here too, with everything in it.");
    });
  }

  private async showPlan(project: Project): Promise<void> {
    const plan = async (): Promise<string> => {
      succeeded(await project.cdktf(["diff", STACK, "--skip-provider-lock"]));
      // cdktf prints in pieces that may end in the middle of a line, but it also saves the plan.
      return succeeded(await project.stack(STACK).terraform("show", "-no-color", "plan")).stdout;
    };
    const text = await this.screen.command(`cdktf diff ${STACK}`, plan());
    this.screen.lines(
      "",
      ...planExcerpt(text),
      "",
      `With ${REPOSITORY}:${TAG} as the image, Terraform would have seen no change here.`,
      "(Terraform counts revision 1 as destroyed, but ECS keeps it.)",
    );
  }
}
