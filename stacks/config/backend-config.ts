import { z } from 'zod';
import { pattern, webAddress } from './fields';

const local = z
  .strictObject({ type: z.literal('local').describe('Files on the machine that applies.') })
  .describe('State in local files: for one engineer on one machine.');

const pg = z
  .strictObject({
    type: z.literal('pg').describe('PostgreSQL. The connection comes from PG_CONN_STR in the environment.'),
    schemaPrefix: pattern(
      /^[a-z_][a-z0-9_]{0,30}$/,
      'is not the beginning of a schema name',
      'use lower-case letters, digits and underscores, such as nuts_saas',
    )
      .default('nuts_saas')
      .describe('The first part of the schema of each stack.'),
  })
  .describe('State in PostgreSQL.');

const s3 = z
  .strictObject({
    type: z
      .literal('s3')
      .describe(
        'S3 or what speaks like it. Credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      ),
    bucket: pattern(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not a bucket name', 'write it like care-state')
      .meta({ examples: ['care-state'] })
      .describe('The bucket.'),
    region: pattern(/^[a-z0-9-]+$/, 'is not a region', 'write it like eu-west-1')
      .meta({ examples: ['eu-west-1'] })
      .describe('The region of the bucket.'),
    keyPrefix: pattern(
      /^[\w.-]+(\/[\w.-]+)*$/,
      'is not the beginning of an object key',
      'write it like nuts-saas, without a slash at either end',
    )
      .default('nuts-saas')
      .describe("The first part of each stack's key."),
    endpoint: webAddress(['https', 'http'], 'origin')
      .exactOptional()
      .describe("The address of an S3 that is not Amazon's."),
    useLockfile: z
      .boolean()
      .default(true)
      .describe('Whether a lock is kept in the bucket while a stack is applied.'),
  })
  .describe('State in S3 or what speaks like it.');

const http = z
  .strictObject({
    type: z.literal('http').describe('HTTP. The login comes from TF_HTTP_USERNAME and TF_HTTP_PASSWORD.'),
    address: webAddress(['https'], 'path')
      .meta({ examples: ['https://state.care.nl/nuts'] })
      .describe('Where state is kept: that of a stack at <address>/<stack>.'),
    lock: z
      .boolean()
      .default(true)
      .describe('Whether the server is asked for a lock while a stack is applied.'),
  })
  .describe('State behind an HTTP API.');

/** Where Terraform keeps its state. Credentials come from the environment, never from here. */
export const backend = z
  .discriminatedUnion('type', [local, pg, s3, http])
  .prefault({ type: 'local' })
  .describe(
    'Where Terraform keeps its state, one a stack. Credentials come from the environment, never from here.',
  );
