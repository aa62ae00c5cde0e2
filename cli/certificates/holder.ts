import { PlatformNames, TenantHosts } from '../../lib/names';
import { CertificatePaths } from '../../lib/certificate/certificate-paths';
import { findTenant, type Project } from '../project';
import { UserError } from '../user-error';

/** Who a certificate is ordered for: a tenant, or all that share one. */
export interface Holder {
  /** As commands and messages name it: `acme`, or `--shared`. */
  readonly name: string;
  /** The hosts that it must be good for; the first is its common name. */
  readonly hosts: readonly string[];
  readonly paths: CertificatePaths;
}

/** Everybody whose certificate is imported rather than issued. */
export function holders(project: Project): Holder[] {
  const own = wanting(project, 'own').map(({ id }) => ownHolder(project, id));
  const shared = sharedHolder(project);
  return shared === undefined ? own : [...own, shared];
}

/** @throws UserError when nothing can be ordered or imported for whom was named */
export function findHolder(project: Project, tenant: string | undefined, shared: boolean): Holder {
  if (shared === (tenant !== undefined))
    throw new UserError('whose certificate?', 'name one tenant, or say --shared');
  if (tenant === undefined) {
    const holder = sharedHolder(project);
    if (holder !== undefined) return holder;
    throw new UserError(
      'no tenant shares a certificate',
      'set certificate: { source: shared, … } in its file',
    );
  }
  const { certificate, state } = findTenant(project, tenant);
  if (state === 'removed')
    throw new UserError(`tenant ${tenant} is removed`, 'it needs no certificate any more');
  if (certificate === undefined)
    throw new UserError(
      `tenant ${tenant} has no node-to-node certificate: it isn't in the network of did:nuts`,
      'nothing has to be ordered for it',
    );
  switch (certificate.source) {
    case 'own':
      return ownHolder(project, tenant);
    case 'shared':
      throw new UserError(`tenant ${tenant} shares its certificate`, 'say --shared instead of its name');
    case 'platform-ca':
      throw new UserError(
        `the certificate of tenant ${tenant} comes from the platform's own authority, which renews it by itself`,
        `set certificate: { source: own } in tenants/${tenant}.yaml to have one of its own`,
      );
  }
}

/** The holder of the certificate that a tenant uses; undefined where the platform's own authority issues it. */
export function holderOf(project: Project, id: string): Holder | undefined {
  const { certificate } = findTenant(project, id);
  if (certificate?.source === 'own') return ownHolder(project, id);
  return certificate?.source === 'shared' ? sharedHolder(project) : undefined;
}

function ownHolder({ platform }: Project, id: string): Holder {
  const { secretsMount } = new PlatformNames(platform.name).tenant(id);
  return {
    name: id,
    hosts: [new TenantHosts(id, platform.domain).nodeToNode],
    paths: new CertificatePaths(secretsMount),
  };
}

function sharedHolder(project: Project): Holder | undefined {
  const hosts = wanting(project, 'shared').map(
    ({ id }) => new TenantHosts(id, project.platform.domain).nodeToNode,
  );
  if (hosts.length === 0) return undefined;
  const { sharedMount } = new PlatformNames(project.platform.name);
  return { name: '--shared', hosts, paths: new CertificatePaths(sharedMount) };
}

function wanting({ tenants }: Project, source: 'own' | 'shared') {
  return tenants.filter(({ state, certificate }) => state === 'active' && certificate?.source === source);
}
