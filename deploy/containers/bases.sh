#!/usr/bin/env bash
# Makes stand-ins for the images that deploy/ names, where no image registry can be reached: from
# Debian's packages (debootstrap), the package indexes and Maven. Needs podman or docker, and root.
# ENGINE=podman|docker; BUILD_OPTIONS: further options of `build`, as the network or a certificate.
set -euo pipefail
cd "$(dirname "$0")/../.."
engine=${ENGINE:-podman}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

named() { # the image that the deploy files name, by how its name begins
  sed -nE "s#^(FROM|    image:) ($1:[^ @]+).*#\2#p" deploy/Dockerfile deploy/compose.yaml | head -n 1
}

if ! "$engine" image inspect localhost/congvu-debian >/dev/null 2>&1; then
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$work/rootfs" >"$work/log" \
    || { tail "$work/log" >&2; exit 1; }
  tar -C "$work/rootfs" -c . | "$engine" import - localhost/congvu-debian
fi

"$engine" tag localhost/congvu-debian "docker.io/library/$(named debian)"

mkdir -p "$work/context/kafka" "$work/context/database"
PYTHONPATH=tests .venv/bin/python -c 'from support.maven_kafka import jars; print(jars())' >"$work/jars"
cp -r "$(cat "$work/jars")" "$work/context/kafka/jars"
cp -r deploy/containers/kafka "$work/context/kafka/bin"
cp -r .venv/database/lib/python3*/site-packages/secantusdb.{scripts,libs} "$work/context/database/"
cp deploy/containers/database.py deploy/containers/mongod "$work/context/"
node=$(named node)
node=${node#node:}
for stage in python:python node:node kafka:apache/kafka database:mongo valkey:valkey/valkey; do
  # shellcheck disable=SC2086
  "$engine" build ${BUILD_OPTIONS:-} --build-arg "NODE_VERSION=${node%%-*}" -f deploy/containers/bases.Containerfile \
    --target "${stage%%:*}" -t "docker.io/$(named "${stage#*:}")" "$work/context"
done
