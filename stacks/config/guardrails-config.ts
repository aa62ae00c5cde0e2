import { z } from 'zod';
import { RULES } from '../../lib/guardrails';
import { pattern, text } from './fields';

const acknowledgement = z
  .strictObject({
    rule: z.enum(RULES.map(({ id }) => id)).describe('Id of the rule; nuts-saas guardrails lists them.'),
    where: text((place) =>
      place.includes('/') && !place.includes('*')
        ? undefined
        : {
            message: 'is not the place of one finding',
            remedy: 'copy the place from the finding, such as tenant-acme/acme/node/container',
          },
    ).describe('The place as the finding names it, such as tenant-acme/acme/node/container.'),
    reason: text((reason) =>
      reason.trim().length >= 10
        ? undefined
        : { message: 'gives no reason', remedy: 'say in a sentence why this may stay' },
    ).describe('Why it may stay, for whoever reads it in a year.'),
    owner: text((owner) =>
      owner.trim() === '' ? { message: 'is empty', remedy: 'name somebody, or remove the key' } : undefined,
    )
      .exactOptional()
      .describe('Who answers for it.'),
    until: pattern(/^\d{4}-\d{2}-\d{2}$/, 'is not a day', "write it like '2027-06-30', in quotes")
      .exactOptional()
      .describe('The day after which it is void, such as 2027-06-30.'),
  })
  .describe('One finding of a rule that may stay.');

export const guardrails = z
  .strictObject({
    acknowledge: z
      .array(acknowledgement)
      .default([])
      .describe('Findings that may stay. Each is told whenever the stacks are synthesised.'),
  })
  .prefault({})
  .describe('The rules that every synthesised stack is held against.');
