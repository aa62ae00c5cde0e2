import { AnnotationMetadataEntryType, type App, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Acknowledgement } from './acknowledgement';
import { mayBeApplied, review, type Review } from './review';
import type { Rule } from './rule';
import { StackJson } from './stack-json';
import { acknowledgedText, findingText, refusalText } from './text';

export interface GuardrailsOptions {
  /** `development` lets pass what only production must not do. @default production */
  readonly environment?: 'development' | 'production';
  /** @default - none */
  readonly acknowledge?: readonly Acknowledgement[];
  /** @default - every rule of this library */
  readonly rules?: readonly Rule[];
}

/** The synthesis of an app was refused: nothing of it can be applied. */
export class GuardrailError extends Error {
  override readonly name = 'GuardrailError';

  constructor(readonly review: Review) {
    super(`the guardrails refuse what was synthesised:\n${refusalText(review)}`);
  }
}

/** The rules that an app's stacks are held against when it is synthesised. */
export class Guardrails {
  private readonly acknowledgements: Acknowledgement[];

  constructor(
    private readonly app: App,
    private readonly options: GuardrailsOptions,
  ) {
    this.acknowledgements = [...(options.acknowledge ?? [])];
    // Last of all in a synthesis: aspects have been, and overrides are in the JSON. Without the manifest, which comes after
    // it, nothing of the app can be applied.
    app.node.addValidation({ validate: () => this.validate() });
  }

  /** Lets a finding stay, with a reason that every synthesis tells. */
  acknowledge(
    acknowledgement: Omit<Acknowledgement, 'where'> & { readonly where: string | IConstruct },
  ): this {
    const { where } = acknowledgement;
    this.acknowledgements.push({
      ...acknowledgement,
      where: typeof where === 'string' ? where : where.node.path.replace(/\/Resource$/, ''),
    });
    return this;
  }

  /** What the rules say about the stacks as they are now. */
  review(): Review {
    const { environment = 'production', rules } = this.options;
    return review({
      environment,
      stacks: this.stacks().map((stack) => StackJson.of(stack)),
      acknowledgements: this.acknowledgements,
      ...(rules && { rules }),
    });
  }

  /** @throws GuardrailError when something keeps the stacks from being applied */
  private validate(): string[] {
    const result = this.review();
    if (!mayBeApplied(result)) throw new GuardrailError(result);
    for (const finding of result.warnings)
      this.tell(finding.stack, AnnotationMetadataEntryType.WARN, findingText(finding));
    for (const finding of result.acknowledged)
      this.tell(finding.stack, AnnotationMetadataEntryType.INFO, acknowledgedText(finding));
    return [];
  }

  // What annotations become: the stacks' own were collected before every stack was there.
  private tell(name: string, level: AnnotationMetadataEntryType, message: string): void {
    const stack = this.stacks().find(({ node }) => node.id === name);
    if (stack === undefined) return;
    const { annotations } = this.app.manifest.forStack(stack);
    annotations.push({ constructPath: stack.node.path, level, message });
  }

  private stacks(): TerraformStack[] {
    return this.app.node.findAll().filter((construct) => TerraformStack.isStack(construct));
  }
}

/**
 * Holds every stack of an app against the rules when it is synthesised.
 *
 * @example addGuardrails(app, { environment: 'production' });
 */
export function addGuardrails(app: App, options: GuardrailsOptions = {}): Guardrails {
  return new Guardrails(app, options);
}
