#!/bin/sh
# docker/backup.sh FILE: one sealed base backup of the running cluster (product and Temporal, one instant). BACKUP_KEY=id:base64
# comes from elsewhere and stays there. Back: docker/restore.sh FILE.
set -eu
: "${1:?usage: docker/backup.sh FILE}" "${BACKUP_KEY:?id:base64, kept elsewhere}"
set -o pipefail 2>/dev/null || true
docker compose exec -T postgres pg_basebackup --username=postgres --pgdata=- --format=tar --wal-method=fetch --checkpoint=fast |
  docker compose run --rm -T --no-deps -e BACKUP_KEY="$BACKUP_KEY" api node dist/src/sealed.js seal > "$1.partial"
mv "$1.partial" "$1"
