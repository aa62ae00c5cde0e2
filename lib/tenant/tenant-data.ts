import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Construct } from 'constructs';
import type { Labels } from '../engine/labels';
import { Volume } from '../engine/volume';
import type { TenantNames } from '../names';

export interface TenantDataProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  /** Whether it has a Redis of its own. */
  readonly redis: boolean;
  /** Whether it has a PostgreSQL of its own. */
  readonly postgres: boolean;
}

/**
 * Everything of a tenant that can't be made again, in one place: its private keys, its other secrets, the data of node,
 * Redis and PostgreSQL.
 * Every plan that would destroy one of them fails.
 */
export class TenantData extends Construct {
  readonly nodeVolume: Volume;
  readonly redisVolume?: Volume;
  readonly postgresVolume?: Volume;
  /** Path of the KV v1 mount with the node's private keys: the node can't use KV v2. */
  readonly keysMount: string;
  /** Path of the KV v2 mount with everything else that is secret. */
  readonly secretsMount: string;

  constructor(scope: Construct, id: string, props: TenantDataProps) {
    super(scope, id);
    const { names, labels } = props;
    this.nodeVolume = new Volume(this, 'node', { name: names.of('node-data'), labels, protect: true });
    if (props.redis)
      this.redisVolume = new Volume(this, 'redis', { name: names.of('redis-data'), labels, protect: true });
    if (props.postgres)
      this.postgresVolume = new Volume(this, 'postgres', {
        name: names.of('postgres-data'),
        labels,
        protect: true,
      });
    this.keysMount = new Mount(this, 'keys', {
      path: names.keysMount,
      type: 'kv',
      options: { version: '1' },
      description: `Private keys of the Nuts node of ${names.id}`,
      lifecycle: { preventDestroy: true },
    }).path;
    this.secretsMount = new Mount(this, 'secrets', {
      path: names.secretsMount,
      type: 'kv',
      options: { version: '2' },
      description: `Secrets of ${names.id}`,
      lifecycle: { preventDestroy: true },
    }).path;
  }
}
