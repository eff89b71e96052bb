#!/usr/bin/env bash
# The platform in containers of its own: the main story is told on it, then every container is killed
# and must be back. Its arguments are the Compose command with its files (`make containers-drill`).
set -euo pipefail
cd "$(dirname "$0")/../.."
compose=("$@")
engine=${ENGINE:-docker}
export COMPOSE_PROJECT_NAME=${COMPOSE_PROJECT_NAME:-congvu-drill} CONGVU_GATEWAY_PORT=${CONGVU_GATEWAY_PORT:-4010}
checks=

end() {
  code=$?
  if [ "$code" -ne 0 ]; then "${compose[@]}" ps --all || true; "${compose[@]}" logs --tail 20 || true; fi
  if [ -n "$checks" ]; then kill "$checks"; fi
  "${compose[@]}" down --volumes --timeout 5
  exit "$code"
}
trap end EXIT

if [ "$engine" = podman ]; then
  .venv/bin/python -m deploy.containers.trial --checks "$COMPOSE_PROJECT_NAME" podman &
  checks=$!
fi
"${compose[@]}" up --detach --scale demo=0
.venv/bin/python -m deploy.containers.trial --wait
# Without its dependencies: podman would make them anew.
"${compose[@]}" run --rm --no-deps demo congvu demo --at http://gateway:4000
.venv/bin/python -m deploy.containers.trial "$COMPOSE_PROJECT_NAME" "$engine"
