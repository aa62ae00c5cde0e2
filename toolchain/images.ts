import { existsSync } from 'node:fs';
import { IMAGES, type Images } from '../lib/images';
import { cachePath, keyOf, produce, readRecord, writeRecord } from './cache';
import { ask, type Answer } from './command';
import { hasImage, loadImage, pullImage, saveImage } from './docker';
import { isUnreachable, obtainImage, validDecision, type ImageDecision } from './image-decision';
import { buildRecipe, recipeKey, RECIPES, recipeTools, recordFile, type ImageRecipe } from './image-recipes';
import { missing, ok, type Progress, type Requirement } from './requirement';

/** The images that were built here, for the stacks to use instead of the official ones. */
export function localImages(): Partial<Images> {
  const built = RECIPES.map((recipe) => ({ recipe, decision: decisionOn(recipe) })).filter(
    ({ decision }) => decision?.built !== undefined,
  );
  return Object.fromEntries(built.map(({ recipe, decision }) => [recipe.name, decision?.reference]));
}

export const images: readonly Requirement[] = RECIPES.map((recipe) => {
  const name = `Image ${recipe.folder}`;
  const wanted = IMAGES[recipe.name];
  return {
    name,
    async inspect() {
      const decision = decisionOn(recipe);
      const reference = decision?.reference ?? wanted;
      if (await hasImage(reference, decision?.built?.key))
        return ok(
          name,
          decision?.built === undefined ? reference : `${reference}, built here instead of ${wanted}`,
        );
      const where =
        decision !== undefined && hasArchive(decision.archive) ? 'only in the cache' : 'not in the engine';
      return missing(name, `${reference}: ${where}`);
    },
    async install(progress) {
      const decided = decisionOn(recipe);
      const archiveFor = (key: string) => `${recipe.folder}-${keyOf(key)}.tar`;
      const question = { wanted, key: recipeKey(recipe), decided, archiveFor };
      const decision = await obtainImage(question, {
        isPresent: hasImage,
        hasArchive,
        load: (archive) => loadImage(inCache(archive), progress),
        pull: (reference) => pull(reference, progress),
        build: () => buildRecipe(recipe, progress),
        save: (reference, archive) =>
          produce(inCache(archive), (temporary) => saveImage(reference, temporary, progress)),
      });
      if (decision !== decided) await writeRecord(recordFile(recipe), decision);
    },
    async builtWith() {
      const decision = decisionOn(recipe);
      if (decision !== undefined && hasArchive(decision.archive)) return [];
      const tools = recipeTools(recipe);
      return tools.length === 0 || (await dockerHubAnswers()) ? [] : tools;
    },
  };
});

function decisionOn(recipe: ImageRecipe): ImageDecision | undefined {
  return validDecision(readRecord(recordFile(recipe)), IMAGES[recipe.name], recipeKey(recipe));
}

function inCache(archive: string): string {
  return cachePath('images', archive);
}

function hasArchive(archive: string): boolean {
  return existsSync(inCache(archive));
}

let unreachable: Answer | undefined;

async function pull(reference: string, progress: Progress): Promise<Answer> {
  if (unreachable !== undefined) return unreachable;
  const answer = await pullImage(reference, progress);
  if (!answer.ok && isUnreachable(answer.reason)) unreachable = answer;
  return answer;
}

let hubAnswer: Promise<boolean> | undefined;

/** A guess for `doctor`, which doesn't pull: the docker command asks the registry for the description of one image. */
function dockerHubAnswers(): Promise<boolean> {
  hubAnswer ??= ask('docker', ['manifest', 'inspect', IMAGES.redis], { timeout: 4000 }).then(({ ok }) => ok);
  return hubAnswer;
}
