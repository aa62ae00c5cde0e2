export const NODE_TO_NODE_PORT = 8443;

export interface NodeToNodeSettings {
  /** Where the node serves `/n2n`, as `address:port`. */
  readonly node: string;
  /** Certificate and key, in one file. */
  readonly certificateFile: string;
  /** The authorities that a peer's certificate must come from. */
  readonly truststoreFile: string;
  /** What they revoked: one list of each authority, or the peers of that one are refused. */
  readonly revocationFile: string;
}

/**
 * HAProxy before a node that doesn't check certificates of HTTP callers itself. A caller must show one that is of a known authority,
 * within its dates and not revoked, and then sees `/n2n` alone. A list of revoked certificates that is past its own date lets
 * nobody in.
 *
 * A path is passed on only when it can be read in one way; what a caller says about certificates or addresses is dropped, in every
 * spelling that a program might take for the same header.
 */
export function nodeToNodeConfiguration(settings: NodeToNodeSettings): string {
  const { node, certificateFile, truststoreFile, revocationFile } = settings;
  const bind = `bind :${NODE_TO_NODE_PORT} ssl crt ${certificateFile} strict-sni alpn h2,http/1.1`;
  return `global
  log stdout format raw local0 info
  maxconn 256
  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets

defaults
  mode http
  log global
  option httplog
  option dontlognull
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout http-request 10s
  timeout http-keep-alive 10s

frontend n2n
  ${bind} verify required ca-file ${truststoreFile} crl-file ${revocationFile}
  # Without the scheme and host that a target may bring: they would be read by nobody else.
  http-request set-uri %[pathq]
  acl below_n2n path_beg /n2n/
  acl ambiguous path_sub -i // /./ /../ \\\\ ; %2e %2f %5c %00 %25
  acl ambiguous path_end /. /..
  http-request return status 404 if !below_n2n || ambiguous
  http-request deny deny_status 405 unless { method GET HEAD POST }
  http-request del-header ^(x[-_](ssl|client|forwarded|real|original|rewrite|http)|forwarded|via$) -m reg
  default_backend node

backend node
  server node ${node}
`;
}
