#!/usr/bin/env bash
# Times the proof of leaked threads against its limits: a small dump, a large one, Shark on the large one, and chains of
# more and more threads. Each run is a JVM of its own. It exits with 1 if a limit is missed. Needs Maven for Shark, 2 GB of space
# in TMPDIR, 4 GB of memory and, on a quiet machine with two cores, some five minutes.
#   bench/leak-proof.sh [RUNS] [SMALL_MB] [LARGE_MB] [THREADS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly runs=${1:-5} small=${2:-45} large=${3:-1000} threads=${4:-100000}
readonly shark_version=2.14 shark_limit=${SHARK_LIMIT:-120}
folder=$(mktemp -d "${TMPDIR:-/tmp}/gb-leak-proof.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
missed=0

./gb -V >"$folder/version"
readonly classes=$PWD/cli/target/gb.jar
"$javac" -cp "$classes" -d "$folder" bench/LeakDump.java bench/LeakProof.java

dump() { # file, kind, size
  "$java" -Xmx3g -cp "$folder" LeakDump "$folder/$1.hprof" "$2" "$3"
}

# Proves some times; leaves the least time in $least, and the least time at work in $work.
prove() { # heap limit, runs, file
  for ((run = 0; run < $2; run++)); do
    "$java" "-Xmx$1" -cp "$folder:$classes" LeakProof "$folder/$3.hprof"
  done >"$folder/runs"
  least=$(sort -n "$folder/runs" | awk 'NR == 1 { print $1 }')
  work=$(awk '{ print $3 }' "$folder/runs" | sort -n | head -1)
  printf '  %s\n  least of %d runs: %s s, at work %s s\n' "$(tail -1 "$folder/runs")" "$2" "$least" "$work"
}

bar() { # name, what was measured, awk condition
  if awk "BEGIN { exit !($3) }"; then
    printf 'PASS    %s: %s\n' "$1" "$2"
  else
    printf 'MISSED  %s: %s\n' "$1" "$2"
    missed=1
  fi
}

uptime
echo "small dump, 128 MB of heap"
dump small heap "$small"
prove 128m "$runs" small
bar "a dump of at most 50 MB takes at most 1 s" "$least s" "$least <= 1.0"

for kind in leaked live; do
  echo "chains of virtual threads, $kind, 512 MB of heap"
  for part in 8 4 2 1; do
    length=$((threads / part))
    dump chain "$kind" "$length"
    prove 512m 2 chain
    echo "  $length threads: $(awk "BEGIN { printf \"%.1f\", 1e6 * $work / $length }") us at work for each"
    if ((part == 4)); then
      quarter=$work
    fi
    rm "$folder/chain.hprof"
  done
  bar "a chain of $threads threads, $kind, takes time in proportion" \
    "$(awk "BEGIN { printf \"%.1f\", $work / $quarter }") times that of a quarter" "$work / $quarter <= 5"
done

echo "large dump, 512 MB of heap"
dump large heap "$large"
ls -l "$folder/large.hprof" | awk '{ printf "  %.0f MB\n", $5 / 1e6 }'
prove 512m 2 large
bar "a dump of 1 GB takes at most 30 s" "$least s" "$least <= 30"

cat >"$folder/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>com.squareup.leakcanary</groupId><artifactId>shark</artifactId>
<version>$shark_version</version></dependency></dependencies></project>
POM
mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$folder/shark" >"$folder/mvn.log" 2>&1 ||
  { echo "cannot fetch Shark: $(tail -1 "$folder/mvn.log")"; exit 1; }
"$javac" -cp "$folder/shark/*" -d "$folder" bench/SharkProof.java
echo "large dump, Shark $shark_version, paths to the leaked threads, 3 GB of heap, at most $shark_limit s"
start=$SECONDS
if timeout "$shark_limit" "$java" -Xmx3g -cp "$folder:$folder/shark/*" SharkProof "$folder/large.hprof" >"$folder/runs"; then
  shark=$(awk '{ print $1 }' "$folder/runs")
else
  (($? == 124)) || { echo "Shark failed: $(tail -1 "$folder/runs")"; exit 1; }
  shark=$((SECONDS - start))
  echo "  stopped before it had a result"
fi
bar "at least twice as fast as Shark" "$least s, Shark $shark s" "2 * $least <= $shark"
uptime
exit "$missed"
