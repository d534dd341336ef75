#!/usr/bin/env bash
# Measures wall time, CPU time and memory of gb compare for two results of 10,000 benchmarks each. On a busy
# machine, only the last two mean something. Exits with 1 if the fastest run of 10,000 benchmarks takes more
# than 3 s, or any run more than 256 MB.
#   bench/compare-speed.sh [BENCHMARKS] [RUNS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly benchmarks=${1:-10000} runs=${2:-5} most_ms=3000 most_mb=256
folder=$(mktemp -d "${TMPDIR:-/tmp}/gb-compare-speed.XXXXXX")
trap 'rm -rf "$folder"' EXIT

./gb -V >"$folder/version"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" bench/BigResult.java "$folder/base.json" "$benchmarks" 1
"$java" bench/BigResult.java "$folder/new.json" "$benchmarks" 2
ls -l "$folder"/*.json | awk '{ printf "%s: %.1f MB\n", $NF, $5 / 1e6 }' | sed "s|$folder/||"

fastest=$((1 << 30)) largest=0
for ((run = 1; run <= runs; run++)); do
  start=$(date +%s%N)
  # The launcher's shell execs the JVM, so these are the figures of the JVM.
  ./gb compare "$folder/base.json" "$folder/new.json" >"$folder/report" &
  pid=$!
  peak=0 ticks=0
  while [[ -r /proc/$pid/status ]]; do
    while read -r key value _; do
      if [[ $key == VmHWM: ]]; then peak=$value; fi
    done <"/proc/$pid/status" || true
    read -r -a stat <"/proc/$pid/stat" || true
    if ((${#stat[@]} > 14)); then ticks=$((stat[13] + stat[14])); fi
    sleep 0.05
  done 2>/dev/null
  wait "$pid"
  end=$(date +%s%N)
  ms=$(((end - start) / 1000000))
  if ((ms < fastest)); then fastest=$ms; fi
  if ((peak > largest)); then largest=$peak; fi
  awk -v ns=$((end - start)) -v kb="$peak" -v run="$run" -v cpu="$ticks" -v hz="$(getconf CLK_TCK)" \
    -v rows="$(grep -c Generated "$folder/report")" 'BEGIN {
      printf "run %d: %.2f s, %.2f s of processor time, %d MB peak resident memory, %d rows\n",
        run, ns / 1e9, cpu / hz, kb / 1024, rows }'
done

if ((benchmarks >= 10000)) && ((fastest > most_ms || largest > most_mb * 1024)); then
  echo "missed: the fastest run took $fastest ms of $most_ms, the largest $((largest / 1024)) MB of $most_mb" >&2
  exit 1
fi
