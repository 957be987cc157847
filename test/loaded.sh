#!/usr/bin/env bash
# Runs the tests of `npm test` again and again while each core is kept busy by something else, and says of each run what came of it.
# usage: npm run test:loaded -- [--runs N] [vitest's arguments…]
set -uo pipefail
cd "$(dirname "$0")/.."

runs=10
if [ "${1:-}" = --runs ]; then
  runs=$2
  shift 2
fi

loops=()
log=$(mktemp)
stop() {
  [ ${#loops[@]} -gt 0 ] && kill "${loops[@]}" 2>/dev/null
  rm -f "$log"
}
trap stop EXIT
trap 'exit 130' INT TERM

npm run --silent build || exit 1
for _ in $(seq "$(nproc)"); do
  while :; do :; done &
  loops+=($!)
done

failed=0
for run in $(seq "$runs"); do
  from=$SECONDS
  if npx vitest run --config test/vitest.config.ts "$@" >"$log" 2>&1 </dev/null; then result=passed; else
    result=FAILED
    failed=$((failed + 1))
  fi
  echo "run $run: $result in $((SECONDS - from)) s, $(grep -E '^ +Tests ' <(sed 's/\x1b\[[0-9;]*m//g' "$log") | tr -s ' ')"
  [ $result = passed ] || sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *FAIL |Error:' | head -40
done
echo "$((runs - failed)) of $runs runs passed"
[ "$failed" = 0 ]
