/**
 * What a sidecar of Vault does before it starts: it opens the wrapped SecretID once, keeps it in a volume that only root of this
 * container reads, and so survives every restart.
 *
 * A wrapping token that was opened before, or made by anyone else, means that somebody stood between Vault and this container:
 * it says ALARM, and starts only with a SecretID that it already has. `spent` remembers the token that it opened itself, which
 * comes back when its carrier is made anew.
 */
export const LOGIN_SCRIPT = `
set -eu
umask 077
chmod 700 /state
cd /state
if [ -s wrapped ] && [ "$(sha256sum < wrapped)" != "$(cat spent 2>/dev/null)" ]; then
  if path=$(vault write -field=creation_path sys/wrapping/lookup token=- < wrapped 2>/tmp/error); then
    if [ "$path" = "$CREATION_PATH" ]; then
      VAULT_TOKEN=$(cat wrapped) vault unwrap -field=secret_id > secret_id.new 2>/tmp/error || { cat /tmp/error >&2; sleep 2; exit 1; }
      mv -f secret_id.new secret_id
      sha256sum < wrapped > spent
      echo "opened a new SecretID" >&2
    else
      echo "ALARM the wrapped SecretID was made by $path, not by $CREATION_PATH" >&2
      [ -s secret_id ] || { sleep 5; exit 3; }
    fi
  elif grep -q 'Code: 400' /tmp/error; then
    echo "ALARM the wrapped SecretID has expired, or somebody opened it before: nuts-saas tenant rearm makes a new one" >&2
    [ -s secret_id ] || { sleep 5; exit 3; }
  else
    cat /tmp/error >&2
    sleep 2
    exit 1
  fi
fi
printf '%s' "$ROLE_ID" > /tmp/role_id
printf '%s' "$CONFIG" > /tmp/config.json
umask 007
exec vault "$@" -config=/tmp/config.json
`.trim();
