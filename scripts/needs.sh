# What the verbs of ./dev need on the machine. Debian as root: missing packages are installed. Elsewhere: one line says what to install.

needs_sdk() {
  # global.json names the SDK; dotnet itself refuses an older one
  if ! command -v dotnet >/dev/null || ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
    echo "Install the .NET 10 SDK (https://dotnet.microsoft.com/download), then run this again." >&2
    exit 2
  fi
}

needs_node() {
  local major
  major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/') || true
  if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null; then
    echo "Install Node.js 20 or later with npm (https://nodejs.org): the pages' styles and scripts are built with it. Then run this again." >&2
    exit 2
  fi
}

needs_postgres() {
  if [ -n "${PORCHLIGHT_TEST_POSTGRES:-}" ] || [ -n "$(postgres_bin)" ]; then return; fi
  install_or_say postgresql "PostgreSQL 15 or later (its initdb and pg_ctl)"
}

# Where initdb is: on PATH, or where Debian keeps it.
postgres_bin() {
  if command -v initdb >/dev/null; then dirname "$(command -v initdb)"; return; fi
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) || true
  if [ -x "$found/initdb" ]; then echo "$found"; fi
}

# A real SMTP server for the tests of mail, by the system's own Python.
needs_smtp() {
  if /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null; then return; fi
  install_or_say python3-aiosmtpd "aiosmtpd for /usr/bin/python3"
}

needs_chromium() {
  if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then return; fi
  install_or_say chromium "Chromium, and set CHROMIUM to its program where it is not /usr/bin/chromium"
}

install_or_say() {
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $1..." >&2
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >&2
  else
    echo "Install $2, then run this again." >&2
    exit 2
  fi
}
