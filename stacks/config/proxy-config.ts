import { z } from 'zod';
import { ipv4, pattern, port, text, webAddress } from './fields';

function file(description: string) {
  return text((path) =>
    path.startsWith('/') && !path.split('/').includes('..')
      ? undefined
      : {
          message: 'is not an absolute path',
          remedy: 'write where the file is on the Docker host, such as /etc/ssl/care.pem',
        },
  ).describe(description);
}

const issuers = {
  platformCa: z
    .strictObject({
      issuer: z
        .literal('platform-ca')
        .describe('The certificate authority that the platform keeps in Vault.'),
    })
    .describe('Certificates that only those trust who were given the authority: not for production.'),
  acme: z
    .strictObject({
      issuer: z.literal('acme').describe("Let's Encrypt, or another authority that speaks ACME."),
      email: pattern(
        /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
        'is not an e-mail address',
        'write it like operations@care.nl',
      )
        .meta({ examples: ['operations@care.nl'] })
        .describe('Where the authority writes to when a certificate is about to expire.'),
      directory: webAddress(['https'], 'path')
        .exactOptional()
        .describe("The authority's directory. Without it: Let's Encrypt."),
    })
    .describe('Certificates from an authority that speaks ACME.'),
  files: z
    .strictObject({
      issuer: z.literal('files').describe('Certificates that you provide and renew.'),
      certificates: z
        .array(
          z
            .strictObject({
              certFile: file('The certificate and its chain, as PEM.'),
              keyFile: file('Its private key, as PEM.'),
            })
            .describe('A certificate and its key: files on the Docker host.'),
        )
        .min(1)
        .describe('At least one; together they cover every public host.'),
    })
    .describe('Certificates in files on the Docker host.'),
};

/** The reverse proxy: the only way in from outside. */
export const proxy = z
  .strictObject({
    address: ipv4()
      .exactOptional()
      .describe(
        "The host's address that the proxy listens on. In development the first address of networks.edge by default; production has to name it.",
      ),
    httpsPort: port().default(443).describe('The port for HTTPS.'),
    grpcPort: port().default(5555).describe('The port for node-to-node traffic of did:nuts.'),
    pingPort: port()
      .default(8079)
      .describe("The port of the proxy's own health check, on the loopback address."),
    tls: z
      .discriminatedUnion('issuer', [issuers.platformCa, issuers.acme, issuers.files])
      .default({ issuer: 'platform-ca' })
      .describe('Where the certificates of the public hosts come from.'),
  })
  .prefault({})
  .describe('The reverse proxy: the only way in from outside.');
