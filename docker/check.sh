#!/bin/sh
# Checks what can be checked of the containers' files without running a container; says what it could not check.
set -eu
cd "$(dirname -- "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

ok() { echo "ok       $1"; }
skipped() { echo "skipped  $1"; }
wrong() { echo "WRONG    $1"; failed=1; }

# 1. The compose file, by Docker's own reading of it.
if docker compose version > /dev/null 2>&1; then
  if DIBS_JWT_SECRET=x DIBS_ADMIN_PASSWORD=x DIBS_ADDRESSSALT=x DIBS_PSEUDONYM_KEY=x docker compose config -q 2> "$work/out"; then
    ok "docker compose config"
  else
    wrong "docker compose config: $(cat "$work/out")"
  fi
  if env -u DIBS_JWT_SECRET DIBS_ADMIN_PASSWORD=x DIBS_ADDRESSSALT=x DIBS_PSEUDONYM_KEY=x docker compose config -q 2> /dev/null; then
    wrong "docker-compose.yml must refuse to start without DIBS_JWT_SECRET"
  else
    ok "no start without secrets"
  fi
else
  skipped "docker compose config (no docker compose here)"
fi

# 2. The compose file, by its structure.
if python3 -c 'import yaml' 2> /dev/null; then
  if python3 - > "$work/out" 2>&1 << 'PYTHON'
import sys, yaml

services = yaml.safe_load(open("docker-compose.yml"))["services"]
expected = {"nginx", "api-1", "api-2", "stream-processor", "projector", "kafka", "redis", "mongodb"}
problems = ["services are " + ", ".join(sorted(services))] if set(services) != expected else []
for name, service in services.items():
    if "ports" in service and name != "nginx":
        problems.append(name + " publishes a port; only nginx may")
    for other, how in service.get("depends_on", {}).items():
        if other not in services or how.get("condition") != "service_healthy":
            problems.append(name + " does not wait until " + other + " is healthy")
    if "build" not in service and "healthcheck" not in service:
        problems.append(name + " has no health check")
for name in ("kafka", "redis", "mongodb"):
    if not services[name].get("volumes"):
        problems.append(name + " keeps its data in no volume")
# Without a value: Compose hands on what is set, and nothing where it is not.
for name in ("api-1", "api-2"):
    for variable in ("CODES_KEYS", "CODES_FINGERPRINTKEY", "JWT_OTHERSECRETS", "JWT_ISSUERS_0_ISSUER", "JWT_ISSUERS_0_KEYS"):
        if services[name]["environment"].get("DIBS_" + variable, "missing") is not None:
            problems.append(name + " is not handed DIBS_" + variable)
sys.exit("; ".join(problems) or None)
PYTHON
  then ok "docker-compose.yml: ports, order, health checks, volumes, keys"
  else wrong "docker-compose.yml: $(cat "$work/out")"
  fi
else
  skipped "structure of docker-compose.yml (no python3 with yaml here)"
fi

# 3. nginx: the names of the other containers are not known here, and older versions do not know "resolve".
nginx=$(command -v nginx || echo /usr/sbin/nginx)
if [ -x "$nginx" ]; then
  sed -e 's/api-\([12]\):8080 resolve/127.0.0.\1:8080/' -e "s#/tmp/#$work/#" docker/nginx.conf > "$work/nginx.conf"
  if "$nginx" -t -q -c "$work/nginx.conf" 2> "$work/out"; then
    ok "nginx -t"
  else
    wrong "nginx -t: $(cat "$work/out")"
  fi
else
  skipped "nginx -t (no nginx here)"
fi
if [ -x "$nginx" ] && python3 -c '' 2> /dev/null; then
  mkdir "$work/nginx"
  if python3 docker/check-nginx.py "$nginx" "$work/nginx" > "$work/out" 2>&1; then
    ok "nginx: paths, forged addresses, stickiness, limits, its own answers"
  else
    wrong "nginx: $(cat "$work/out")"
  fi
else
  skipped "nginx: paths, forged addresses, stickiness, limits, its own answers (no nginx or no python3 here)"
fi
if grep -q 'proxy_add_x_forwarded_for' docker/nginx.conf || ! grep -q 'X-Forwarded-For $remote_addr;' docker/nginx.conf; then
  wrong "nginx must overwrite X-Forwarded-For, not append to it"
else
  ok "X-Forwarded-For is overwritten"
fi

# 4. The scripts.
if sh -n docker/check.sh && bash -n docker/healthy.sh; then ok "scripts"; else wrong "scripts"; fi

# 5. What our Dockerfile keeps to.
for rule in '^USER ' '^ENTRYPOINT \["java"' 'exec.jar' 'target=/root/.m2,sharing=locked'; do
  if grep -q "$rule" docker/Dockerfile; then ok "Dockerfile has $rule"; else wrong "Dockerfile has no $rule"; fi
done

exit "$failed"
