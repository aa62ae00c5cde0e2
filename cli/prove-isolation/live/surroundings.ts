import { existsSync, readFileSync } from 'node:fs';
import { PlatformNames } from '../../../lib/names';
import { authorityFile } from '../../../stacks/local-files';
import type { ContainerDetails, Engine } from '../../engine';
import { callableProxyAddress, type Project } from '../../project';

/** Where the proxy listens, as the outside sees it. */
export interface ProxyEndpoint {
  readonly address: string;
  readonly httpsPort: number;
  readonly grpcPort: number;
  /** PEM; @default - the machine's own authorities */
  readonly authority?: string;
}

/** What is around two tenants that attack each other. */
export interface Surroundings {
  readonly proxy: ProxyEndpoint;
  /** Containers that are no tenant's. */
  readonly platform: readonly ContainerDetails[];
  /** Where Terraform's state of the decoys lies; @default - no decoys */
  readonly stateDirectory?: string;
}

export async function surroundings(
  project: Project,
  engine: Engine,
  stateDirectory?: string,
): Promise<Surroundings> {
  const { platform, directory } = project;
  const shared = (await engine.containers()).filter(({ tenant }) => tenant === undefined);
  const authority = authorityFile(directory);
  return {
    proxy: {
      address: callableProxyAddress(project),
      httpsPort: platform.proxy.httpsPort,
      grpcPort: platform.proxy.grpcPort,
      ...(existsSync(authority) && { authority: readFileSync(authority, 'utf8') }),
    },
    platform: await engine.inspect(shared.map(({ name }) => name)),
    ...(stateDirectory !== undefined && { stateDirectory }),
  };
}

/** The addresses of the local Vault; none where Vault is elsewhere. */
export function vaultAddresses({ platform }: Surroundings, { platform: { name } }: Project): string[] {
  const vault = platform.find((container) => container.name === new PlatformNames(name).of('vault'));
  return vault?.networks.map(({ address }) => address).filter(Boolean) ?? [];
}
