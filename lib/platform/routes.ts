import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { Container, type HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Volume, type IVolume } from '../engine/volume';
import { literal } from '../terraform/literal';

/** The user and group of the reverse proxy: root of its container, for the low ports; its group reads the routes. */
export const PROXY_GID = 18092;
const CARRIER_USER = `18081:${PROXY_GID}`;

/** The directory from which the proxy reads its routes, in memory: whoever may add a file there may add a route. */
export function routesVolume(scope: Construct, id: string, name: string, labels: Labels): Volume {
  return new Volume(scope, id, {
    name,
    labels,
    // The sticky bit keeps tenants' carriers from the file with the proxy's own key.
    memory: { sizeMiB: 16, mode: '1775', uid: 0, gid: PROXY_GID },
  });
}

export interface RouteFileProps {
  /** First part of the container's name; a digest of the content follows. */
  readonly name: string;
  /** Name of the file, without its ending: unique on the platform. */
  readonly file: string;
  /** Dynamic configuration of Traefik's file provider. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly routes: IVolume;
  /** An image with a shell. */
  readonly image: string;
  readonly labels: Labels;
  readonly health: HealthSchedule;
}

const CARRIER = `
set -eu
umask 022
target="/routes/$FILE.yaml"
carried() { [ "$(cat "$target" 2>/dev/null)" = "$(printf '%s' "$ROUTE")" ]; }
withdraw() { ! carried || rm -f "$target"; exit 0; }
trap withdraw TERM INT
printf '%s' "$ROUTE" > "/routes/.$FILE.$HOSTNAME"
mv -f "/routes/.$FILE.$HOSTNAME" "$target"
while :; do sleep 3600 & wait $!; done
`.trim();

/**
 * Puts one file into the proxy's directory, and takes it out when it is stopped. A container does it, since the Docker provider has
 * no resource for a file in a volume: stopped, the tenant has no route within a second; killed, the route stays. An edit starts
 * the new carrier before the old one is stopped, and the old one leaves a file alone that isn't its own, so a route is never missing.
 */
export class RouteFile extends Construct {
  readonly carrier: Container;

  /** @throws when the content holds a template: Traefik would expand it */
  constructor(scope: Construct, id: string, props: RouteFileProps) {
    super(scope, id);
    const route = stringify(props.content, { lineWidth: 0 });
    if (route.includes('{{'))
      throw new Error(`route ${props.file} holds "{{", which Traefik would expand as a template`);
    const digest = createHash('sha256').update(route).digest('hex').slice(0, 8);
    this.carrier = new Container(this, 'carrier', {
      name: `${props.name}-${digest}`,
      image: props.image,
      user: CARRIER_USER,
      labels: props.labels,
      entrypoint: ['sh', '-c', CARRIER],
      environment: { FILE: props.file, ROUTE: literal(route) },
      mounts: [props.routes.mount('/routes')],
      network: 'none',
      memoryMiB: 16,
      cpus: 0.2,
      healthcheck: ['CMD-SHELL', `[ "$(cat "/routes/$FILE.yaml")" = "$(printf '%s' "$ROUTE")" ]`],
      health: props.health,
      // Terraform extends this to whatever a resource depends on, and two containers can't share a name: so it depends on none.
      createBeforeDestroy: true,
    });
  }
}
