/** The images that a platform runs. A reference may be a tag or a digest (`redis@sha256:…`). */
export interface Images {
  readonly nutsNodeV6: string;
  readonly nutsNodeV54: string;
  readonly redis: string;
  readonly postgres: string;
  readonly vault: string;
  readonly traefik: string;
  readonly haproxy: string;
  readonly coredns: string;
  /** Any image with a shell and nft. */
  readonly nftables: string;
}

/** The versions that a release of this library was made for; any of them can be overridden. */
export const IMAGES: Images = {
  nutsNodeV6: 'nutsfoundation/nuts-node:6.2.10',
  nutsNodeV54: 'nutsfoundation/nuts-node:v5.4.37',
  redis: 'redis:7.2.11-bookworm',
  postgres: 'postgres:17.6-bookworm',
  vault: 'hashicorp/vault:1.21.0',
  traefik: 'traefik:v3.7.15',
  haproxy: 'haproxy:3.2.21',
  coredns: 'coredns/coredns:1.15.0',
  // There is no official image of nftables; this one is the network tools that many operators know.
  nftables: 'nicolaka/netshoot:v0.13',
};
