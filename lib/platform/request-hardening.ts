/**
 * What Traefik refuses or changes at an entry point before any route is looked at, so that a request can be read in one way only:
 * by its rules, and by what is behind it.
 */
export function hardenRequests(entryPoint: string): string[] {
  const http = `--entrypoints.${entryPoint}.http`;
  const transport = `--entrypoints.${entryPoint}.transport`;
  return [
    `${http}.tls=true`,
    // Two routes of one host that differ in what TLS must show: neither is served, rather than both by the weaker one.
    '--core.stricttlsoptions=true',
    // A path is matched as it will be read behind the proxy. DIDs need the encoded colon, percent and hash; nothing needs these.
    `${http}.encodedcharacters.allowencodedslash=false`,
    `${http}.encodedcharacters.allowencodedbackslash=false`,
    `${http}.encodedcharacters.allowencodednullcharacter=false`,
    `${http}.encodedcharacters.allowencodedquestionmark=false`,
    `${http}.encodedcharacters.allowencodedsemicolon=false`,
    // X_Forwarded_For and the like, which some back ends take for the header with hyphens.
    `${http}.aliasheadersstrategy=delete`,
    // A token has 4 KiB at most (http/tokenV2 of nuts-node); Go allows 4 KiB more than is said here.
    `${http}.maxheaderbytes=32768`,
    `--entrypoints.${entryPoint}.http2.maxconcurrentstreams=100`,
    // For whoever sends byte by byte, or doesn't read the answer.
    `${transport}.respondingtimeouts.readtimeout=30s`,
    `${transport}.respondingtimeouts.writetimeout=120s`,
    `${transport}.respondingtimeouts.idletimeout=60s`,
  ];
}
