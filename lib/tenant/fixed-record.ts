import { DataResource } from 'cdktf';
import { Construct } from 'constructs';

export interface FixedRecordProps {
  readonly values: Readonly<Record<string, string>>;
  /** Says why a value can't become another, and what to do; `before` is a reference to the recorded one. */
  refusal(key: string, before: string, after: string): string;
}

/**
 * Keeps what mustn't change in the state of the tenant. The first apply writes it down; every later plan is held against that record
 * and fails when it differs, whatever the backend and whoever runs it.
 */
export class FixedRecord extends Construct {
  constructor(scope: Construct, id: string, props: FixedRecordProps) {
    super(scope, id);
    const { values } = props;
    const record = new DataResource(this, 'record', {
      input: values,
      lifecycle: { ignoreChanges: ['input'], preventDestroy: true },
    });
    new DataResource(this, 'check', {
      lifecycle: {
        precondition: Object.entries(values).map(([key, value]) => ({
          condition: `\${${record.fqn}.output.${key} == ${JSON.stringify(value)}}`,
          errorMessage: props.refusal(key, `\${${record.fqn}.output.${key}}`, value),
        })),
      },
    });
  }
}
