#!/bin/sh
# docker/restore.sh FILE [--replace]: puts a sealed base backup into the cluster's volume and freezes it. Refuses a volume that holds data.
set -eu
: "${1:?usage: docker/restore.sh FILE [--replace]}" "${BACKUP_KEY:?id:base64, kept elsewhere}"
# As the image of PostgreSQL 18 lays it out.
DATA=/var/lib/postgresql/18/docker
# Proved whole before anything is stopped or put aside.
docker compose run --rm -T --no-deps -e BACKUP_KEY="$BACKUP_KEY" api node dist/src/sealed.js open < "$1" > /dev/null
docker compose stop api worker temporal temporal-ui postgres
if docker compose run --rm -T --no-deps --entrypoint test postgres -e "$DATA/PG_VERSION"; then
  [ "${2:-}" = --replace ] || { echo "the volume holds data; --replace puts it aside and restores" >&2; exit 1; }
  docker compose run --rm -T --no-deps --entrypoint mv postgres "$DATA" "$DATA.before-$(date -u +%Y%m%dT%H%M%S)"
fi
docker compose run --rm -T --no-deps -e BACKUP_KEY="$BACKUP_KEY" api node dist/src/sealed.js open < "$1" |
  docker compose run --rm -T --no-deps --user postgres --entrypoint sh postgres -c "mkdir -p -m 700 $DATA && tar -x -C $DATA"
docker compose up -d --wait postgres
docker compose run --rm migrate
docker compose run --rm --no-deps api node dist/src/recover.js --begin RESTORED
echo "Restored and frozen. Next: docker compose up -d; docker compose run --rm api node dist/src/recover.js; then POST /api/v1/recovery/leave."
