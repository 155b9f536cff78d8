#!/bin/sh
# docker/backup.sh FILE: one sealed base backup of the running cluster (product and Temporal, one instant). BACKUP_KEY=id:base64
# comes from elsewhere and stays there. Back: docker/restore.sh FILE.
set -eu
: "${1:?usage: docker/backup.sh FILE}" "${BACKUP_KEY:?id:base64, kept elsewhere}"
rm -f "$1.broken"
# Not every sh has pipefail, and what broke off must not pass for a whole backup.
{ docker compose exec -T postgres pg_basebackup --username=postgres --pgdata=- --format=tar --wal-method=fetch --checkpoint=fast || : > "$1.broken"; } |
  docker compose run --rm -T --no-deps -e BACKUP_KEY="$BACKUP_KEY" api node dist/src/sealed.js seal > "$1.partial"
if [ -e "$1.broken" ]; then
  rm -f "$1.broken" "$1.partial"
  echo "the base backup broke off; nothing was kept" >&2
  exit 1
fi
mv "$1.partial" "$1"
