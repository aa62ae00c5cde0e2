/**
 * Keeps a table of rules in the kernel: puts it there in one step, looks every few seconds whether it is as it was, and says which
 * connections were refused. It leaves the rules behind when it ends, so that neither a restart nor a replacement opens a gap;
 * `remove` takes them away.
 *
 * `-t` leaves out what the rules remember of traffic, and `-s` what they count.
 */
export const EGRESS_SCRIPT = `
set -u
umask 077
table() { nft -s -t list table ip "$TABLE" 2>/dev/null; }
resolvers() { sed -n 's/^nameserver  *\\([0-9][0-9.]*\\) *$/\\1/p' /etc/resolv.conf | grep -v '^127\\.' | tr '\\n' ',' | sed 's/,$//'; }
place() {
  [ ! -e /tmp/removed ] || return 0
  { printf 'table ip %s {}\\ndelete table ip %s\\n' "$TABLE" "$TABLE"
    printf '%s\\n' "$RULES" | sed "s/@NAMESERVERS@/$servers/"
  } | nft -f - && table > /tmp/placed
}
tell() {
  nft list set ip "$TABLE" "$1" 2>/dev/null | tr ',' '\\n' |
    sed -n "s/^[^0-9]*\\([0-9. ]*\\) counter packets \\([0-9]*\\) .*$/$2 \\1 (\\2 packets)/p"
  nft flush set ip "$TABLE" "$1" 2>/dev/null
}
case "\${1:-keep}" in
  check) [ -s /tmp/placed ] && table | cmp -s - /tmp/placed && echo "the rules are in place" ;;
  remove)
    touch /tmp/removed
    # Whatever was being put in place meanwhile is there by now.
    sleep 1
    nft delete table ip "$TABLE"
    ;;
  keep)
    trap 'exit 0' TERM INT
    servers=$(resolvers)
    # None is a set too.
    servers=\${servers:-0.0.0.0}
    place || exit 1
    echo "placed the rules"
    while :; do
      sleep 3 & wait $!
      [ ! -e /tmp/removed ] || continue
      table | cmp -s - /tmp/placed || {
        echo "ALARM the rules were changed or gone: placing them again"
        place
      }
      tell refused "refused: from and to"
      tell limited "ALARM over the limit of outbound connections:"
    done
    ;;
esac
`.trim();
