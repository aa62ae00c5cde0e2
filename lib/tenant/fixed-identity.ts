import { DataResource } from 'cdktf';
import { Construct } from 'constructs';

export interface FixedIdentityProps {
  readonly tenant: string;
  readonly url: string;
  readonly didMethods: readonly string[];
  readonly cell: string;
}

/**
 * Keeps what a tenant is called for as long as it lives. The first apply writes it into the state; every later plan is held
 * against that record and fails when it differs, whatever the backend and whoever runs it. DIDs follow the url and the methods, and in
 * another cell an empty second copy would start under the same name.
 */
export class FixedIdentity extends Construct {
  constructor(scope: Construct, id: string, props: FixedIdentityProps) {
    super(scope, id);
    const wanted: Record<string, string> = {
      url: props.url,
      didMethods: props.didMethods.join(','),
      cell: props.cell,
    };
    const record = new DataResource(this, 'record', {
      input: wanted,
      lifecycle: { ignoreChanges: ['input'], preventDestroy: true },
    });
    new DataResource(this, 'check', {
      lifecycle: {
        precondition: Object.entries(wanted).map(([key, value]) => ({
          condition: `\${${record.fqn}.output.${key} == ${JSON.stringify(value)}}`,
          errorMessage:
            `tenant ${props.tenant}: ${key} was "\${${record.fqn}.output.${key}}" at its first apply and can't become "${value}": ` +
            'its DIDs, or where its only copy lives, depend on it. Put the old value back; a new identity is a new tenant.',
        })),
      },
    });
  }
}
