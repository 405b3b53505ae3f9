# A private PostgreSQL for one run of the tests: its own folder, its own socket, no port, no flush to disk. Gone when the script ends.

start_postgres() {
  if [ -n "${PORCHLIGHT_TEST_POSTGRES:-}" ]; then return; fi
  local bin
  bin=$(postgres_bin)
  postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/porchlight-postgres.XXXXXX")
  trap stop_postgres EXIT
  trap 'exit 130' INT TERM
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$postgres_folder"; fi
  as_postgres "$bin/initdb" -D "$postgres_folder/data" -U porchlight -A trust -E UTF8 --locale=C --no-sync >"$postgres_folder.log" 2>&1 &&
    as_postgres "$bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/server.log" -w -s \
      -o "-c listen_addresses='' -c unix_socket_directories='$postgres_folder' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
      start >>"$postgres_folder.log" 2>&1 || { cat "$postgres_folder.log" "$postgres_folder/server.log" >&2; echo "PostgreSQL did not start." >&2; exit 1; }
  # a run that is killed outright cannot clean up after itself
  (while kill -0 $$ 2>/dev/null; do sleep 2; done; stop_postgres) </dev/null >/dev/null 2>&1 3>&- &
  export PORCHLIGHT_TEST_POSTGRES="Host=$postgres_folder;Username=porchlight;Database=postgres"
}

stop_postgres() {
  as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_folder/data" -m immediate -s stop >/dev/null 2>&1 || true
  rm -rf "$postgres_folder" "$postgres_folder.log"
}

# PostgreSQL refuses to run as root. From a folder that the postgres user may enter, and without whatever files the caller holds open: a lock
# among them would be held for as long as the server lives.
as_postgres() {
  (
    cd /
    for fd in 3 4 5 6 7 8 9; do eval "exec $fd>&-"; done
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
  )
}
