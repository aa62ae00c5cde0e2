import { DURABLE, START_SERVER } from './server-config';

/** Where Vault Agent puts what the server needs, and nobody else reads. */
export const FILES_DIRECTORY = '/run/nuts-redis';
export const CERTIFICATE_FILE = `${FILES_DIRECTORY}/tls.pem`;
export const USERS_FILE = `${FILES_DIRECTORY}/users.acl`;
export const PORT = 6379;

const SOCKET = '/tmp/redis.sock';
/** Begins a command of the server's own administrator, from inside its container. */
export const AS_ADMINISTRATOR = `REDISCLI_AUTH=$(cat /tmp/administrator) redis-cli -s ${SOCKET} --user administrator`;

export const SHARED_CONFIG = `port 0
tls-port ${PORT}
tls-cert-file ${CERTIFICATE_FILE}
tls-key-file ${CERTIFICATE_FILE}
tls-auth-clients no
tls-protocols "TLSv1.2 TLSv1.3"
unixsocket ${SOCKET}
unixsocketperm 700
aclfile /tmp/users.acl
${DURABLE}`;

/**
 * Starts the server with the users that Vault Agent has rendered, and loads them again when they change: all of them, or none when
 * one can't be read, in which case those that it had stay. The server has one user more, who can do just that: with a password that
 * is made here and never leaves the container.
 */
export const START_SHARED = `
set -eu
umask 077
until [ -s ${USERS_FILE} ] && [ -s ${CERTIFICATE_FILE} ]; do sleep 1; done
head -c 32 /dev/urandom | sha256sum | cut -d' ' -f1 | tr -d '\\n' > /tmp/administrator
users() {
  cat ${USERS_FILE}
  echo "user administrator on #$(sha256sum < /tmp/administrator | cut -d' ' -f1) resetchannels -@all +ping +acl|load +acl|dryrun"
}
loaded=$(cksum < ${USERS_FILE})
users > /tmp/users.acl
(
  while sleep 2; do
    now=$(cksum < ${USERS_FILE})
    [ "$now" = "$loaded" ] && continue
    users > /tmp/users.acl.new
    mv /tmp/users.acl.new /tmp/users.acl
    answer=$(${AS_ADMINISTRATOR} acl load 2>&1) || continue
    [ "$answer" = OK ] || echo "ALARM the users were not loaded, those before stay: $answer" >&2
    loaded=$now
  done
) &
${START_SERVER}
`.trim();

/**
 * The users as Redis reads them, for Vault Agent: one for each tenant that is listed in Vault, with its rules and all its passwords,
 * of which the server only gets to see digests. Nobody is anybody without a password.
 */
export function usersTemplate(mount: string): string {
  return `user default off resetkeys resetchannels -@all
{{ range $id := secrets "${mount}/metadata/users/" }}{{ with $user := secret (printf "${mount}/data/users/%s" $id) -}}
user {{ $user.Data.data.name }} on {{ $user.Data.data.rules }}
{{- range $number := $user.Data.data.passwords -}}
{{ with secret (printf "${mount}/data/passwords/%s/%s" $id $number) }} #{{ .Data.data.password | sha256Hex }}{{ end }}
{{- end }}
{{ end }}{{ end }}`;
}
