interface Router {
  readonly rule: string;
  readonly service: string;
  readonly middlewares?: readonly string[];
  readonly tls: Readonly<Record<string, unknown>>;
  readonly entryPoints?: readonly string[];
}

interface Service {
  readonly loadBalancer: {
    readonly servers: readonly { readonly url?: string; readonly address?: string }[];
  };
}

interface Section {
  readonly routers: Readonly<Record<string, Router>>;
  readonly services: Readonly<Record<string, Service>>;
  readonly middlewares?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A file of Traefik's provider, as far as tenants use it. */
export interface Routes {
  readonly http: Section;
  readonly tcp?: Section;
  readonly tls?: { readonly options: Readonly<Record<string, unknown>> };
}

export interface Answer {
  readonly to: string;
  /** What a request must pass first. */
  readonly guards: readonly Readonly<Record<string, unknown>>[];
  readonly tls: Readonly<Record<string, unknown>>;
}

/** Where a request ends up; undefined when no router takes it. */
export function route(routes: Routes, host: string, path: string, method = 'GET'): Answer | undefined {
  return find(routes.http, (router) => matches(router.rule, { host, path, method }));
}

/** Where a TLS connection at an entry point ends up that is not for HTTP. */
export function passThrough(routes: Routes, entryPoint: string, host: string): Answer | undefined {
  return (
    routes.tcp &&
    find(
      routes.tcp,
      (router) => router.entryPoints?.includes(entryPoint) === true && matches(router.rule, { host }),
    )
  );
}

function find(
  { routers, services, middlewares = {} }: Section,
  takes: (router: Router) => boolean,
): Answer | undefined {
  const taking = Object.values(routers).filter(takes);
  if (taking.length > 1) throw new Error(`${taking.length} routers want the same request`);
  const [router] = taking;
  if (router === undefined) return undefined;
  const [server] = services[router.service]?.loadBalancer.servers ?? [];
  return {
    to: server?.url ?? server?.address ?? '',
    guards: (router.middlewares ?? []).map((name) => middlewares[name] ?? {}),
    tls: router.tls,
  };
}

interface Request {
  readonly host: string;
  readonly path?: string;
  readonly method?: string;
}

const MATCHERS: Readonly<Record<string, (request: Request, value: string) => boolean>> = {
  Host: ({ host }, value) => host === value,
  HostSNI: ({ host }, value) => host === value,
  Method: ({ method }, value) => method === value,
  Path: ({ path }, value) => path === value,
  PathPrefix: ({ path }, value) => path?.startsWith(value) === true,
  PathRegexp: ({ path }, value) => new RegExp(value).test(path ?? ''),
};

/** Evaluates a rule of the matchers above, joined by && and || with parentheses. */
function matches(rule: string, request: Request): boolean {
  const plain = rule.replaceAll(/(\w+)\(`([^`]*)`\)/g, (_, name: string, value: string) =>
    MATCHERS[name]?.(request, value) ? 'T' : 'F',
  );
  if (!/^[TF()&| ]+$/.test(plain)) throw new Error(`not a rule that tests know: ${rule}`);
  return evaluate(plain.replaceAll(' ', '').replaceAll('&&', '&').replaceAll('||', '|'));
}

// Rewrites the innermost part until one letter is left; && binds tighter than ||, as in Traefik.
function evaluate(expression: string): boolean {
  if (expression.length === 1) return expression === 'T';
  const simpler = [
    [/\(([TF])\)/, '$1'],
    [/T&T/, 'T'],
    [/[TF]&[TF]/, 'F'],
    [/(?<!&)F\|F(?!&)/, 'F'],
    [/(?<!&)[TF]\|[TF](?!&)/, 'T'],
  ] as const;
  const [pattern, result] = simpler.find(([candidate]) => candidate.test(expression)) ?? [];
  if (pattern === undefined || result === undefined) throw new Error(`can't evaluate ${expression}`);
  return evaluate(expression.replace(pattern, result));
}
