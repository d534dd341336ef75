#!/usr/bin/env bash
# How long gb compare takes for two results of 10,000 benchmarks each, and how much memory.
#   bench/compare-speed.sh [BENCHMARKS] [RUNS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly benchmarks=${1:-10000} runs=${2:-5}
folder=$(mktemp -d "${TMPDIR:-/tmp}/gb-compare-speed.XXXXXX")
trap 'rm -rf "$folder"' EXIT

./gb -V >"$folder/version"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" bench/BigResult.java "$folder/base.json" "$benchmarks" 1
"$java" bench/BigResult.java "$folder/new.json" "$benchmarks" 2
ls -l "$folder"/*.json | awk '{ printf "%s: %.1f MB\n", $NF, $5 / 1e6 }' | sed "s|$folder/||"

for ((run = 1; run <= runs; run++)); do
  start=$(date +%s%N)
  # The shell turns into the JVM, so its peak is that of the JVM.
  ./gb compare "$folder/base.json" "$folder/new.json" >"$folder/report" &
  pid=$!
  peak=0
  while [[ -r /proc/$pid/status ]]; do
    now=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null || true)
    peak=${now:-$peak}
    sleep 0.02
  done
  wait "$pid"
  end=$(date +%s%N)
  awk -v ns=$((end - start)) -v kb="$peak" -v run="$run" -v rows="$(grep -c 'Generated' "$folder/report")" \
    'BEGIN { printf "run %d: %.2f s, %d MB peak resident memory, %d rows\n", run, ns / 1e9, kb / 1024, rows }'
done
