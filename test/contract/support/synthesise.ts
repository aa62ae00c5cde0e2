import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { invokeAspects } from 'cdktf/lib/synthesize/synthesizer';
import { StackJson } from './stack-json';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../../cdktf.json'), 'utf8')) as {
  context: Record<string, string>;
};

/** An app with the deployed one's context, on which every address depends. Nothing is written: stacks are read from it. */
export function testApp(): App {
  return new App({ context, stackTraces: false, outdir: join(process.cwd(), 'cdktf.out') });
}

/** Every stack of an app. All are prepared first: a reference between two of them would change both. */
export function stacksOf(app: App): StackJson[] {
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  for (const stack of stacks) stack.prepareStack();
  for (const stack of stacks) invokeAspects(stack);
  return stacks.map((stack) => StackJson.of(stack));
}

/** A stack with what a test puts in it. */
export function synthesiseStack(name: string, fill: (stack: TerraformStack) => void): StackJson {
  const stack = new TerraformStack(testApp(), name);
  fill(stack);
  stack.prepareStack();
  invokeAspects(stack);
  return StackJson.of(stack);
}

export function stackNamed(stacks: readonly StackJson[], name: string): StackJson {
  const found = stacks.find((stack) => stack.name === name);
  if (found === undefined) throw new Error(`there is no stack ${name}`);
  return found;
}
