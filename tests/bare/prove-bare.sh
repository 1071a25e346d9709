#!/usr/bin/env bash
# Proves the two commands on a bare Debian machine: purges Chromium, pcscd, the virtual reader and gcc, clones this repository, and runs
# `npm start` (with one demo check-in) and `npm test` there with an empty HOME and npm cache. Needs root; it removes system packages.
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "要用 root 运行，它会卸载系统软件包 / run as root: it removes system packages" >&2; exit 2; }
repository="$(cd "$(dirname "$0")/../.." && pwd)"
node_folder="$(dirname "$(command -v node)")"
work="$(mktemp -d /tmp/aixin-bare-XXXXXX)"
chmod 755 "$work"
started=""
clean() {
  if [ -n "$started" ]; then kill -TERM "$started" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap clean EXIT

echo "== purge chromium, pcscd, vsmartcard-vpcd, gcc"
DEBIAN_FRONTEND=noninteractive apt-get purge -y -q chromium chromium-common pcscd vsmartcard-vpcd fonts-noto-cjk gcc libc6-dev >"$work/purge.log" 2>&1 || { cat "$work/purge.log"; exit 1; }
for gone in chromium pcscd gcc; do
  if command -v "$gone" >/dev/null; then echo "$gone is still there" >&2; exit 1; fi
done

git clone -q "$repository" "$work/clone"
mkdir "$work/home" "$work/bin"
for tool in node npm npx; do ln -s "$node_folder/$tool" "$work/bin/$tool"; done
cd "$work/clone"
bare() {
  env -i HOME="$work/home" PATH="$work/bin:/usr/sbin:/usr/bin:/sbin:/bin" LANG=C.UTF-8 TERM=dumb \
    npm_config_cache="$work/npm-cache" \
    ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} \
    ${npm_config_registry:+npm_config_registry="$npm_config_registry"} "$@"
}
case "$(bare node --version)" in v20.*) ;; *) echo "Node 20 belongs in front of this proof, not $(bare node --version)" >&2; exit 2 ;; esac
echo "== node $(bare node --version), npm $(bare npm --version)"

echo "== npm start"
bare npm start -- --no-window >"$work/start.log" 2>&1 &
started=$!
for _ in $(seq 1 900); do
  if grep -q 'cashier:' "$work/start.log"; then break; fi
  if ! kill -0 "$started" 2>/dev/null; then cat "$work/start.log"; echo "npm start ended" >&2; exit 1; fi
  sleep 1
done
cat "$work/start.log"
address="$(sed -n 's/.*cashier:  *\(http[^ ]*\).*/\1/p' "$work/start.log" | head -1)"
bare node_modules/.bin/node tests/bare/try-check-in.ts "$address"
kill -TERM "$started"
wait "$started" || true
started=""

echo "== npm test"
status=0
bare npm test >"$work/test.log" 2>&1 || status=$?
tail -n 25 "$work/test.log"
tail -n 1 "$work/test.log" | grep -Eq '^[0-9]+ passed, 0 failed, [0-9]+ skipped$' || { cp "$work/test.log" /tmp/aixin-bare-test.log; echo "npm test did not pass; see /tmp/aixin-bare-test.log" >&2; exit 1; }
exit "$status"
