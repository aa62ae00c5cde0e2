import { parse } from 'yaml';
import { environmentOf, started, tenantOf } from '../containers';
import type { Resource, StackJson } from '../stack-json';
import { once } from '../once';

/** A guard, a TLS option and the like, as Traefik's file provider reads it. */
export type Settings = Readonly<Record<string, unknown>>;

/** One way through the proxy, from a host to an address. */
export interface Route {
  readonly stack: StackJson;
  /** The container that carries the file. */
  readonly carrier: Resource;
  /** Whose file it is; undefined for one of the platform. */
  readonly tenant?: string;
  readonly router: string;
  readonly kind: 'http' | 'tcp';
  readonly rule: string;
  /** Hosts that the rule names; a rule that names none takes every host. */
  readonly hosts: readonly string[];
  /** Whether the rule takes hosts by a pattern. */
  readonly isOpen: boolean;
  /** `address:port` of each server behind it. */
  readonly servers: readonly string[];
  readonly middlewares: readonly Settings[];
  /** Undefined when the router has none. */
  readonly tls?: Settings;
  readonly tlsOptions?: Settings;
}

/** A file for the proxy that can't be read, and so may say anything. */
export interface UnreadableRoute {
  readonly stack: StackJson;
  readonly carrier: Resource;
}

/** A file of dynamic configuration, as a carrier has it in its environment. */
export const routeFiles = once((stacks: readonly StackJson[]) => {
  return stacks.flatMap((stack) =>
    started(stack)
      .map((carrier) => ({ stack, carrier, text: environmentOf(carrier).ROUTE }))
      .filter((file): file is typeof file & { text: string } => file.text !== undefined)
      .map((file) => ({ ...file, content: readFile(stack.literal(file.text)) })),
  );
});

/** All routes that the stacks put into the proxy. */
export const routes = once((stacks: readonly StackJson[]): Route[] => {
  return routeFiles(stacks).flatMap(({ stack, carrier, content }) =>
    content === undefined
      ? []
      : (['http', 'tcp'] as const).flatMap((kind) => readSection(stack, carrier, content, kind)),
  );
});

function readFile(text: string): Settings | undefined {
  try {
    const content: unknown = parse(text);
    return isSettings(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function readSection(stack: StackJson, carrier: Resource, content: Settings, kind: 'http' | 'tcp'): Route[] {
  const section = settings(content[kind]);
  const services = settings(section.services);
  const middlewares = settings(section.middlewares);
  const options = settings(settings(content.tls).options);
  const tenant = tenantOf(carrier);
  return Object.entries(settings(section.routers)).map(([router, value]) => {
    const given = settings(value);
    const rule = String(given.rule);
    const chosen = settings(given.tls).options;
    return {
      stack,
      carrier,
      ...(tenant !== undefined && { tenant }),
      router,
      kind,
      rule,
      hosts: hostsOf(rule),
      isOpen: /Host(SNI)?Regexp\(|HostSNI\(`\*`\)/.test(rule) || hostsOf(rule).length === 0,
      servers: serversOf(settings(services[String(given.service)])),
      middlewares: texts(given.middlewares).map((name) => settings(middlewares[name])),
      ...(given.tls !== undefined && { tls: settings(given.tls) }),
      ...(typeof chosen === 'string' && isSettings(options[chosen]) && { tlsOptions: options[chosen] }),
    };
  });
}

function hostsOf(rule: string): string[] {
  return [...rule.matchAll(/\b(?:Host|HostSNI|HostHeader)\(([^)]*)\)/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, name = '']) => name),
  );
}

function serversOf(service: Settings): string[] {
  const { servers } = settings(service.loadBalancer);
  return (Array.isArray(servers) ? servers : []).map((server: unknown) => {
    const { url, address } = settings(server);
    return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : String(address ?? url);
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function settings(value: unknown): Settings {
  return isSettings(value) ? value : {};
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a route lets through only who is named: by address, by client certificate, or by a service that is asked. */
export function isGuarded({ middlewares, tlsOptions }: Route): boolean {
  const clientAuth = settings(tlsOptions?.clientAuth);
  return (
    middlewares.some(
      (middleware) =>
        texts(settings(middleware.ipAllowList).sourceRange).some((range) => !range.endsWith('/0')) ||
        settings(middleware.forwardAuth).address !== undefined,
    ) || clientAuth.clientAuthType === 'RequireAndVerifyClientCert'
  );
}
