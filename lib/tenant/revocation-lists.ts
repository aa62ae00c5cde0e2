import { Construct } from 'constructs';
import { attach, Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import type { Network } from '../engine/network';
import { type Mount, Volume } from '../engine/volume';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { literal } from '../terraform/literal';
import { NODE_GID } from './node-user';

/** A file with lists of revoked certificates, as PEM. */
export interface RevocationFile {
  readonly path: string;
  /** What a container must mount to read it, next to the certificate's own files. */
  readonly mounts: readonly Mount[];
  /** What puts it there. */
  readonly writer: Container;
}

export interface RevocationListsProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly network: Network;
  readonly address: string;
  /** An image with a shell and curl. */
  readonly image: string;
  /** Where the authorities of the network publish what they revoked. */
  readonly urls: readonly string[];
}

const DIRECTORY = '/run/revocation';
const USER = 18084;

// All lists or none: without that of one authority, whoever reads the file refuses everybody that the authority vouches for.
// Lists come as PEM or as DER, whose first byte reads as the digit 0, and travel by plain HTTP: each is signed, and its signature is checked by whoever uses it.
const SCRIPT = `
set -u
umask 027
trap 'exit 0' TERM INT
while :; do
  complete=yes
  : > ${DIRECTORY}/fresh
  for url in "$@"; do
    rm -f /tmp/list
    curl -fsS --proto =http,https --max-time 60 --max-filesize 20000000 -o /tmp/list "$url"
    if grep -q -e '-----BEGIN X509 CRL-----' /tmp/list 2>/dev/null; then
      cat /tmp/list >> ${DIRECTORY}/fresh
    elif [ "$(head -c 1 /tmp/list 2>/dev/null)" = 0 ]; then
      { echo '-----BEGIN X509 CRL-----'; base64 /tmp/list; echo '-----END X509 CRL-----'; } >> ${DIRECTORY}/fresh
    else
      echo "no list of revoked certificates from $url" >&2
      complete=
    fi
  done
  if [ -n "$complete" ]; then
    cmp -s ${DIRECTORY}/fresh ${DIRECTORY}/crl.pem || mv ${DIRECTORY}/fresh ${DIRECTORY}/crl.pem
    touch ${DIRECTORY}/complete
    pause=900
  else
    pause=60
  fi
  sleep "$pause" &
  wait $!
done
`.trim();

// A day: an authority's list is good for longer, so this is seen before anybody is refused because of it.
const STALE_MINUTES = 24 * 60;

/** Fails, and says why, when the lists are older than they should be. */
export const FRESHNESS_CHECK = `[ -n "$(find ${DIRECTORY}/complete -mmin -${STALE_MINUTES} 2>/dev/null)" ] || { echo "stale: no complete lists for a day"; exit 1; }`;

/** Fetches what the authorities of the network have revoked, for what can't do that itself. Unhealthy when its lists are stale. */
export class RevocationLists extends Construct {
  readonly container: Container;
  readonly file: RevocationFile;

  constructor(scope: Construct, id: string, props: RevocationListsProps) {
    super(scope, id);
    const { names, labels, platform } = props;
    const volume = new Volume(this, 'files', {
      name: names.of('revocation-files'),
      labels,
      memory: { sizeMiB: 32, mode: '0750', uid: USER, gid: NODE_GID },
    });
    this.container = new Container(this, 'container', {
      name: names.of('revocation'),
      image: props.image,
      user: `${USER}:${NODE_GID}`,
      labels,
      entrypoint: ['sh', '-c', SCRIPT, 'revocation-lists', ...props.urls.map(literal)],
      mounts: [volume.mount(DIRECTORY)],
      scratch: { '/tmp': 24 },
      network: attach(props.network, props.address),
      ...(platform.resolverAddress && { dns: [platform.resolverAddress] }),
      memoryMiB: 64,
      healthcheck: ['CMD-SHELL', FRESHNESS_CHECK],
      health: platform.health,
    });
    this.file = {
      path: `${DIRECTORY}/crl.pem`,
      mounts: [volume.mountReadOnly(DIRECTORY)],
      writer: this.container,
    };
  }
}
