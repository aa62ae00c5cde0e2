import { Command } from 'commander';
import { openProject } from '../project';
import { table } from '../table';
import { UserError } from '../user-error';
import { type ListedCertificate, listCertificates } from './certificate-list';
import { importCommand } from './import';
import { requestCommand } from './request';
import { revokeCommand } from './revoke';

// What somebody has to do something about. Who waits for a certificate has done so.
const UNWELL = ['due', 'expired', 'missing', 'untrusted', 'stale', 'unreachable'];

export function certificatesCommand(): Command {
  return new Command('certificates')
    .description('every certificate with its end: of nodes, of the proxy, of the authorities')
    .option('--within <days>', 'what ends within so many days is due', '30')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Certificates that renew themselves are due only when that is overdue. Exit code 0: all are well, or waited for; 1: one isn't.

Examples:
  nuts-saas certificates --within 60
  nuts-saas certificates request acme --organisation 'Acme Care' --out acme.csr
  nuts-saas certificates import acme acme-chain.pem`,
    )
    .action(async ({ within, json }: { within: string; json?: boolean }) => {
      const days = Number(within);
      if (!Number.isInteger(days) || days < 0)
        throw new UserError(`--within ${within} can't be used`, 'give a number of days, such as 30');
      const listed = await listCertificates(openProject(), days);
      console.log(json ? JSON.stringify(listed, null, 2) : describeCertificates(listed));
      if (listed.some(({ state }) => UNWELL.includes(state))) process.exitCode = 1;
    })
    .addCommand(requestCommand())
    .addCommand(importCommand())
    .addCommand(revokeCommand());
}

export function describeCertificates(listed: readonly ListedCertificate[]): string {
  const head = ['HOLDER', 'SOURCE', 'STATE', 'DAYS', 'EXPIRES', 'HOSTS', 'SUBJECT', 'ISSUER'];
  return table([
    head,
    ...listed.map((one) => [
      one.holder,
      one.source,
      one.requested && one.state !== 'pending' ? `${one.state}, request pending` : one.state,
      one.daysLeft === undefined ? '-' : String(one.daysLeft),
      one.expires?.slice(0, 10) ?? (one.requested ? `asked ${one.requested.slice(0, 10)}` : '-'),
      one.hosts?.join(' ') ?? '-',
      one.subject ?? '-',
      one.issuer ?? '-',
    ]),
  ]);
}
