import { z } from 'zod';
import { DOCUMENTED_OPTIONS } from '../../lib/tenant/node-config/documented-options';
import { nodeOptionRefusal } from '../../lib/tenant/node-config/options';
import { text } from './fields';
import { suggestion } from './suggestion';

const FORM = /^[a-z0-9]+(\.[a-z0-9]+)*$/;

const optionKey = text((key) => {
  if (!FORM.test(key)) {
    const meant = suggestion(key.replaceAll('_', '.'), [
      ...new Set(Object.values(DOCUMENTED_OPTIONS).flat()),
    ]);
    return {
      message: 'is not the name of an option',
      remedy: meant === undefined ? 'write it like goldenhammer.enabled' : `did you mean ${meant}?`,
    };
  }
  const refusal = nodeOptionRefusal(key);
  if (refusal === undefined) return undefined;
  return { message: `can't be set: ${refusal.reason}`, remedy: refusal.instead ?? 'take it out' };
});

/** Options of the node that have no key of their own. */
export const options = z
  .record(optionKey, z.union([z.string(), z.number(), z.boolean()]).describe("The option's value."))
  .default({})
  .describe(
    "Options of the node by their dotted name, such as goldenhammer.enabled. Those that isolation rests on can't be set.",
  );
