/**
 * An entrypoint that runs the container's command, and ends it when one of the files changes: with the restart policy `always`
 * the engine then starts the same container again. The Nuts node reads its certificate and the keys of its API clients only when
 * it starts (http/engine.go, core/server_config.go of nuts-node), so this is how both are renewed without replacing the container.
 *
 * @param files paths or glob patterns, as the shell reads them
 */
export function restartOnChange(files: readonly string[]): string[] {
  const script = `
watched() { cat ${files.join(' ')} 2>/dev/null | cksum; }
before=$(watched)
"$@" &
child=$!
(
  while sleep 3; do
    [ "$(watched)" = "$before" ] && continue
    echo "a watched file changed: restarting" >&2
    kill -TERM "$child"
    exit
  done
) &
watcher=$!
trap 'signalled=yes; kill -TERM "$child"' TERM INT
status=127
# A signal ends the wait, but not yet the child; 127 says that the wait before has had its status.
while
  signalled=
  wait "$child" && code=0 || code=$?
  [ "$code" = 127 ] || status=$code
  [ -n "$signalled" ]
do :; done
kill "$watcher" 2>/dev/null
exit "$status"
`.trim();
  return ['sh', '-c', script, 'restart-on-change'];
}
