/** Name of the database, and of the user who owns it. */
export const DATABASE = 'nuts';
export const SOCKET_DIRECTORY = '/run/nuts-postgres';
export const CONFIG_DIRECTORY = '/etc/nuts-postgres';

const DATA = '/postgres/data';

// Who opens the socket is the tenant's node, so it needs no password. The server's own administrator comes from inside its container
// only: the kernel says which user is at the other end.
export const ACCESS_RULES = `local ${DATABASE} ${DATABASE} trust
local all postgres peer
local all all reject
`;

// Texts and values of statements stay out of the log: they hold credentials of patients.
export const SERVER_CONFIG = `listen_addresses = ''
unix_socket_directories = '${SOCKET_DIRECTORY}'
unix_socket_permissions = 0770
hba_file = '${CONFIG_DIRECTORY}/pg_hba.conf'
max_connections = 50
shared_buffers = 32MB
max_wal_size = 256MB
jit = off
log_timezone = 'UTC'
timezone = 'UTC'
log_min_error_statement = panic
log_error_verbosity = terse
`;

/**
 * Makes the database in a directory beside its place and puts it there when it is whole, so that a container that is killed
 * meanwhile begins anew; then starts the server. Told to stop, it doesn't wait for its clients to leave, as it would by itself. The `--auth` is for a file that the server never reads.
 */
export const START = `
set -eu
umask 077
if [ ! -e ${DATA} ]; then
  rm -rf ${DATA}.new
  initdb --pgdata=${DATA}.new --username=postgres --auth=reject --encoding=UTF8 --locale=C.UTF-8 --data-checksums
  postgres --single -D ${DATA}.new postgres >/dev/null <<'SQL'
CREATE ROLE ${DATABASE} LOGIN
CREATE DATABASE ${DATABASE} OWNER ${DATABASE}
REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC
REVOKE ALL ON DATABASE postgres FROM PUBLIC
REVOKE ALL ON DATABASE template1 FROM PUBLIC
SQL
  mv ${DATA}.new ${DATA}
fi
postgres -D ${DATA} -c config_file=${CONFIG_DIRECTORY}/postgresql.conf &
server=$!
trap 'kill -INT "$server"' TERM
until wait "$server"; do kill -0 "$server" 2>/dev/null || exit 1; done
`.trim();
