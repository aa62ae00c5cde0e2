import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { refuseClosedVault } from '../apply';
import { openProject, type Project } from '../project';
import { UserError } from '../user-error';
import { operatorVault } from '../vault/project-vault';
import { isMounted, makeSecretsMount } from '../vault/secrets-mount';
import { CertificateStore } from './certificate-store';
import { findHolder, type Holder } from './holder';
import { newSigningRequest, type Organisation } from './signing-request';

interface Options extends Organisation {
  readonly shared?: boolean;
  readonly replace?: boolean;
  readonly show?: boolean;
  readonly out?: string;
}

export function requestCommand(): Command {
  return new Command('request')
    .description('makes a key in Vault and the request (CSR) to order its certificate with')
    .argument('[tenant]', 'id of the tenant')
    .option('--shared', 'for all tenants that share a certificate, instead of one tenant')
    .option('--organisation <name>', 'O: the organisation, as its register writes it')
    .option('--unit <name>', 'OU')
    .option(
      '--serial-number <number>',
      'the number by which a register knows the organisation, such as the OIN',
    )
    .option('--locality <name>', 'L')
    .option('--state <name>', 'ST')
    .option('--country <code>', 'C, two letters such as NL')
    .option('--out <file>', 'write the request to a file (default: print it)')
    .option('--show', 'the request that is pending, once more')
    .option('--replace', 'give up the request that is pending, and its key')
    .addHelpText(
      'after',
      `
The key is made in memory and written into Vault; it is on no disk and is never read back. A certificate that is in use stays so until
another is imported.

Examples:
  nuts-saas certificates request acme --organisation 'Acme Care B.V.' --serial-number 00000003123456780000 --country NL --out acme.csr`,
    )
    .action(async (tenant: string | undefined, options: Options) => {
      const project = openProject();
      const holder = findHolder(project, tenant, options.shared === true);
      await refuseClosedVault(project);
      const csr = options.show
        ? await pendingRequest(project, holder)
        : await request(project, holder, options);
      if (options.out === undefined) process.stdout.write(csr);
      else writeFileSync(options.out, csr);
      console.error(
        `${options.out ? `The request is in ${options.out}. ` : ''}Order a certificate with it, and then: nuts-saas certificates import ${holder.name} <file>`,
      );
    });
}

async function pendingRequest(project: Project, holder: Holder): Promise<string> {
  const pending = await new CertificateStore(operatorVault(project), holder.paths).pending();
  if (pending !== undefined) return pending.csr;
  throw new UserError(
    `no request of ${holder.name} is pending`,
    `nuts-saas certificates request ${holder.name}`,
  );
}

async function request(project: Project, holder: Holder, options: Options): Promise<string> {
  if (options.country !== undefined && !/^[A-Z]{2}$/.test(options.country))
    throw new UserError(`--country ${options.country} can't be used`, 'write two capitals, such as NL');
  const vault = operatorVault(project);
  const store = new CertificateStore(vault, holder.paths);
  if (!(await isMounted(vault, holder.paths.mount))) {
    if (options.shared)
      throw new UserError('Vault has no place for a shared certificate yet', 'nuts-saas apply platform');
    await makeSecretsMount(project, holder.name);
  }
  const [pending, current] = [await store.pending(), await store.current()];
  if (pending !== undefined && !options.replace)
    throw new UserError(
      `a request of ${holder.name} is pending since ${pending.requested.slice(0, 10)}`,
      'print it with --show, or give it up with --replace: a certificate for it could then not be used any more',
    );
  const made = await newSigningRequest(holder.hosts, options);
  await store.addPending(made, holder.hosts);
  await store.keepOnlyKeys([made.fingerprint, current?.key]);
  return made.csr;
}
