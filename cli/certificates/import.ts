import { readFileSync } from 'node:fs';
import type { X509Certificate } from 'node:crypto';
import { Command } from 'commander';
import { tenantStackName } from '../../stacks/add-stacks';
import { certificatesFault, certificatesOf } from '../../stacks/config/pem';
import { refuseClosedVault } from '../apply';
import { openProject, type Project } from '../project';
import { UserError } from '../user-error';
import { operatorVault } from '../vault/project-vault';
import { CertificateStore } from './certificate-store';
import { fingerprintOf } from './fingerprint';
import { findHolder, type Holder } from './holder';
import { judgeCertificate } from './judge-certificate';

export function importCommand(): Command {
  return new Command('import')
    .description('checks a certificate that was ordered, and hands it to the node')
    .argument(
      '<tenant-and-file...>',
      'id of the tenant, and the certificate with its intermediates, as PEM; - reads them from input',
    )
    .option('--shared', 'for all tenants that share a certificate: then only the file')
    .addHelpText(
      'after',
      `
Nothing is stored unless everything is right: the host's name, the dates, the use for servers and clients, the way to an authority of
network.truststore, and the key, which must be the one in Vault. A running node takes it over within two minutes, and restarts for it.

Examples:
  nuts-saas certificates import acme acme-chain.pem
  nuts-saas certificates import --shared shared-chain.pem`,
    )
    .action(async (words: string[], { shared = false }: { shared?: boolean }) => {
      const [file = '', tenant, ...more] = [...words].reverse();
      if (more.length > 0 || shared === (tenant !== undefined))
        throw new UserError(
          'whose certificate, and in which file?',
          'certificates import acme chain.pem, or import --shared chain.pem',
        );
      const project = openProject();
      const holder = findHolder(project, tenant, shared);
      const certificates = readCertificates(file);
      await refuseClosedVault(project);
      console.log(await importCertificate(project, holder, certificates));
      if (tenant !== undefined)
        console.log(`If ${tenant} wasn't applied yet: nuts-saas apply ${tenantStackName(tenant)}`);
    });
}

function readCertificates(file: string): X509Certificate[] {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UserError(
      `${file} can't be read: ${(error as Error).message}`,
      'name the file that the authority sent',
    );
  }
  if (text.includes('PRIVATE KEY'))
    throw new UserError(
      `${file} holds a private key`,
      'the key of a node is made in Vault and stays there: order a certificate with nuts-saas certificates request',
    );
  // Authorities write names and dates around their certificates.
  const blocks = (text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []).join('\n');
  const fault = certificatesFault(blocks);
  if (fault !== undefined)
    throw new UserError(
      `${file} ${fault.message}`,
      'ask for PEM; openssl x509 -inform der -in <file> converts a single certificate',
    );
  return certificatesOf(blocks);
}

async function importCertificate(
  project: Project,
  holder: Holder,
  certificates: readonly X509Certificate[],
): Promise<string> {
  const [certificate] = certificates;
  const truststore = certificatesOf(project.platform.network.truststore ?? '');
  const { faults, chain } = judgeCertificate({ certificates, hosts: holder.hosts, truststore });
  const store = new CertificateStore(operatorVault(project), holder.paths);
  const key = certificate === undefined ? '' : fingerprintOf(certificate.publicKey);
  const keyFault = (await store.hasKey(key))
    ? []
    : ['it is for another key than any that was requested: Vault has no private half for it'];
  if (chain === undefined || keyFault.length > 0)
    throw new UserError(
      `this certificate can't be used for ${holder.name}, and nothing was stored:\n${[...faults, ...keyFault].map((fault) => `  - ${fault}`).join('\n')}`,
      `nuts-saas certificates request ${holder.name} --show prints what a certificate must be ordered with`,
    );
  const before = await store.current();
  await store.use(chain.presented.map(toPem).join(''), key, before);
  const pending = await store.pending();
  await store.keepOnlyKeys([key, before?.key, pending?.key]);
  return `Imported for ${holder.hosts.join(', ')}: good until ${certificate?.validTo ?? ''}.`;
}

function toPem(certificate: X509Certificate): string {
  return certificate.toString();
}
