import { eachContainer, type Rule } from '../rule';
import { list, textOf } from '../stack-json';

const REFUSED =
  /^--(api(\.(insecure|dashboard|debug))?(=true)?$|providers\.(docker|swarm|kubernetes|http|rest|consul|redis|etcd|zookeeper)|serverstransport\.insecureskipverify=true|entrypoints\.[\w-]+\.(forwardedheaders|proxyprotocol)\.insecure=true|entrypoints\.[\w-]+\.http\.encodedcharacters\.\w+=true)/i;

export const proxyManagement: Rule = {
  id: 'proxy-management',
  severity: 'error',
  cause:
    'The proxy shows its dashboard or API, takes routes from somewhere else than files, or trusts what clients say of themselves.',
  why: 'Who can add a route, or forge the address from which a call seems to come, gets past every guard.',
  remedy: 'take the argument out',
  sightings: eachContainer(({ values }) => {
    const refused = [...list(values.command), ...list(values.entrypoint)]
      .map(textOf)
      .find((argument) => REFUSED.test(argument));
    return refused === undefined ? undefined : `it is started with ${refused.replace(/=.*/, '')}`;
  }),
};
