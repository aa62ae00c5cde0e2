import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { HttpBackend, LocalBackend, PgBackend, S3Backend, type TerraformStack } from 'cdktf';
import { acceptProviderVersions } from '../lib/terraform/provider-versions';

/** Where the state of the stacks lies. Credentials come from the environment, as each backend of Terraform documents it. */
export type StateBackend =
  | { readonly type: 'local'; /** Relative to the project. */ readonly directory: string }
  | { readonly type: 'pg'; readonly schemaPrefix: string }
  | {
      readonly type: 's3';
      readonly bucket: string;
      readonly region: string;
      readonly keyPrefix: string;
      readonly endpoint?: string | undefined;
      readonly useLockfile: boolean;
    }
  | { readonly type: 'http'; readonly address: string; readonly lock: boolean };

/** How Terraform reaches what it manages. */
export interface TerraformSettings {
  readonly backend: StateBackend;
  /** Vault as Terraform reaches it. */
  readonly vaultAddress: string;
  /** @default - no namespace */
  readonly vaultNamespace?: string;
  /**
   * A PEM file with the authority that vouches for Vault, relative to the project.
   * @default - those that the machine knows
   */
  readonly vaultCaCertificateFile?: string;
  /**
   * A file with Vault's token, relative to the project.
   * @default - VAULT_TOKEN, or what `vault login` left
   */
  readonly vaultTokenFile?: string;
}

// Terraform runs in cdktf.out/stacks/<stack>. Relative paths keep a synthesised stack the same on every machine.
const PROJECT = '../../..';

// Providers' ids have capitals, as no tenant's id has: a tenant may be called `vault`, and its construct is in the same stack.

/** Gives a stack that only runs containers its state backend and its provider. */
export function configureDocker(stack: TerraformStack, backend: StateBackend): void {
  addBackend(stack, backend);
  new DockerProvider(stack, 'DockerProvider', {});
  acceptProviderVersions(stack, ['docker']);
}

/** Gives a stack its state backend and its providers. */
export function configureTerraform(stack: TerraformStack, settings: TerraformSettings): void {
  addBackend(stack, settings.backend);
  new DockerProvider(stack, 'DockerProvider', {});
  new VaultProvider(stack, 'VaultProvider', {
    address: settings.vaultAddress,
    // A child token would be something that a mere plan leaves in Vault.
    skipChildToken: true,
    ...(settings.vaultNamespace && { namespace: settings.vaultNamespace }),
    ...(settings.vaultCaCertificateFile && {
      caCertFile: `${PROJECT}/${settings.vaultCaCertificateFile}`,
    }),
    ...(settings.vaultTokenFile && {
      authLoginTokenFile: [{ filename: `${PROJECT}/${settings.vaultTokenFile}` }],
    }),
  });
  acceptProviderVersions(stack, ['docker', 'vault']);
}

function addBackend(stack: TerraformStack, backend: StateBackend): void {
  const name = stack.node.id;
  switch (backend.type) {
    case 'local':
      new LocalBackend(stack, { path: `${PROJECT}/${backend.directory}/${name}.tfstate` });
      return;
    case 'pg':
      new PgBackend(stack, {
        connStr: '',
        schemaName: `${backend.schemaPrefix}_${name.replaceAll('-', '_')}`,
      });
      // The connection, password included, comes from PG_CONN_STR.
      stack.addOverride('terraform.backend.pg.conn_str', undefined);
      return;
    case 's3':
      new S3Backend(stack, {
        bucket: backend.bucket,
        region: backend.region,
        key: `${backend.keyPrefix}/${name}.tfstate`,
        encrypt: true,
        ...(backend.endpoint && { endpoints: { s3: backend.endpoint } }),
      });
      stack.addOverride('terraform.backend.s3.use_lockfile', backend.useLockfile);
      return;
    case 'http': {
      const address = `${backend.address}/${name}`;
      new HttpBackend(stack, {
        address,
        ...(backend.lock && {
          lockAddress: `${address}/lock`,
          unlockAddress: `${address}/lock`,
          lockMethod: 'POST',
          unlockMethod: 'DELETE',
        }),
      });
    }
  }
}
