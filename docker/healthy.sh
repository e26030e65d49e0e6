#!/bin/bash
# Whether this container's service is healthy: one without HTTP touches a file every few seconds while it is; the
# others answer. Only bash is needed; the images of the JRE carry no curl.
set -eu

if [ -n "${DIBS_HEALTH_FILE:-}" ]; then
  [ -n "$(find "$DIBS_HEALTH_FILE" -newermt '-30 seconds' 2>/dev/null)" ]
else
  exec 3<>"/dev/tcp/127.0.0.1/${DIBS_PORT:-8080}"
  printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  read -r _ status _ <&3
  [ "$status" = 200 ]
fi
