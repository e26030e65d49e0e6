#!/bin/sh
# Runs schemathesis, a property-based fuzzer, over /openapi.json of the whole installation: ./dibs up on its embedded
# servers, an operator's token, every operation. Exits with 0 only if nothing was found.
#
#   e2e/fuzz.sh [SEED]      the same seed makes the same requests
#
# Needs Python 3.10 or newer; installs schemathesis into a folder of its own under /tmp and removes it, and all that the
# run has written, at the end. FUZZ_EXAMPLES: requests per operation (default 50). FUZZ_VENV: an
# environment to keep. FUZZ_DIBS: the program to start, if it is not ./dibs.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/dibs-fuzz-XXXXXX")
venv=${FUZZ_VENV:-$work/venv}
dibs=${FUZZ_DIBS:-$home/dibs}
examples=${FUZZ_EXAMPLES:-50}
seed=${1:-$(date +%s)}
port=${FUZZ_PORT:-18080}
program=

finish() {
  if [ -n "$program" ]; then
    kill "$program" 2>/dev/null || true
    wait "$program" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ ! -x "$venv/bin/schemathesis" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'schemathesis==4.32.5'
fi

# The limits per user and address are switched off: they would answer 429 before anything else is asked.
DIBS_ADMIN_PASSWORD=operators-only "$dibs" up --data "$work/data" --port "$port" \
  --property dibs.rate.grabs=0 --property dibs.rate.address.per-second=0 > "$work/up.txt" 2>&1 &
program=$!
base=http://127.0.0.1:$port
tries=0
until curl -fs "$base/readyz" > /dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$program" 2>/dev/null; then
    echo "fuzz.sh: ./dibs up has not come up:" >&2
    cat "$work/up.txt" >&2
    exit 1
  fi
  sleep 1
done

token=$(curl -fs "$base/user/login" -d account=admin -d password=operators-only | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')

# Something to ask for, under the name that the examples have.
curl -fs -o /dev/null "$base/admin/activities" -H "Authorization: Bearer $token" \
  -H 'Content-Type: application/yaml' --data-binary "@$home/examples/movie-night/activity.yaml"
curl -fs -o /dev/null "$base/admin/activities/movie-night/codes" -H "Authorization: Bearer $token" \
  -H 'Content-Type: text/csv' --data-binary "@$home/examples/movie-night/codes.csv"
curl -fs -o /dev/null -X POST "$base/admin/activities/movie-night/publish" -H "Authorization: Bearer $token"

# What schemathesis keeps of a run goes with the run.
cd "$work"

# 503 is what -3 and "not now" are answered with; each operation documents it where it can happen.
cat > "$work/schemathesis.toml" <<TOML
[auth.openapi.token]
bearer = "$token"

[checks]
not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]
TOML

echo "fuzz.sh: seed $seed, $examples requests for each operation"
# Logging out would end the session that all others are asked with, and ending the sale leaves nothing to ask for; OpenApiIT
# and FuzzIT ask both. Streams do not end, and are left to LiveStatsIT. What a refusal is called (401 or 403) is OpenApiIT's.
"$venv/bin/schemathesis" --config-file "$work/schemathesis.toml" run "$base/openapi.json" \
  --phases "${FUZZ_PHASES:-examples,coverage,fuzzing}" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method,allow_header_conformance \
  --exclude-path-regex '/stream$' \
  --exclude-operation-id end \
  --exclude-operation-id logout \
  --max-examples "$examples" \
  --request-timeout 30 \
  --seed "$seed" \
  --no-color && result=0 || result=$?

curl -fs "$base/readyz" > /dev/null || { echo "fuzz.sh: the service is not ready any more" >&2; result=1; }
if grep -n 'A request failed\|call failed' "$work/up.txt"; then
  echo "fuzz.sh: something went wrong inside" >&2
  result=1
fi
exit "$result"
