const LOOK_EVERY_SECONDS = 10;
const SIZE_MIB = 10;
const KEPT = 10;

/**
 * An entrypoint that runs Vault and keeps its audit log small: a file that has grown is renamed, the oldest goes, and Vault opens a
 * new one. It needs no space on a full disk, and Vault hears of it by a signal from its own container, so nothing else may send it any.
 */
export function rotating(file: string, command: readonly string[]): string[] {
  const script = `
log=${file}
rotate() {
  older=${KEPT}
  while [ "$older" -gt 1 ]; do
    newer=$((older - 1))
    [ ! -e "$log.$newer" ] || mv -f "$log.$newer" "$log.$older"
    older=$newer
  done
  mv -f "$log" "$log.1"
  kill -HUP $$
}
(
  while sleep ${LOOK_EVERY_SECONDS}; do
    size=$(stat -c %s "$log" 2>/dev/null) || continue
    [ "$size" -lt $((${SIZE_MIB} * 1024 * 1024)) ] || rotate
  done
) &
exec "$@"
`.trim();
  return ['sh', '-c', script, 'rotate-audit-log', ...command];
}
