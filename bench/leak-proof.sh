#!/usr/bin/env bash
# How long a proof of leaked threads takes, on a small dump, a large one, and a chain of many threads;
# beside it Shark on the large one. Each run is a JVM of its own. Needs Maven for Shark, about 2 GB of
# space in TMPDIR and 4 GB of memory.
#   bench/leak-proof.sh [RUNS] [SMALL_MB] [LARGE_MB] [THREADS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly runs=${1:-5} small=${2:-45} large=${3:-1000} threads=${4:-100000}
readonly shark_version=2.14 shark_limit=${SHARK_LIMIT:-300}
folder=$(mktemp -d "${TMPDIR:-/tmp}/gb-leak-proof.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac

./gb -V >"$folder/version"
readonly classes=$PWD/cli/target/gb.jar
"$javac" -cp "$classes" -d "$folder" bench/LeakDump.java bench/LeakProof.java

# The least and the median of numbers in front of lines.
summary() {
  awk '{ print $1, $3 }' | sort -n | awk '{ all[NR] = $1; if (NR == 1 || $2 < cpu) cpu = $2 } END {
    printf "  least %.2f s, median %.2f s of %d runs; least at work %.2f s\n",
      all[1], all[int((NR + 1) / 2)], NR, cpu }'
}

prove() { # heap limit, file
  for ((run = 0; run < runs; run++)); do
    "$java" "-Xmx$1" -cp "$folder:$classes" LeakProof "$2"
  done | tee "$folder/runs" | tail -1 | sed 's/^/  /'
  summary <"$folder/runs"
}

echo "$(uptime)"
"$java" -Xmx3g -cp "$folder" LeakDump "$folder/small.hprof" heap "$small"
echo "small dump, 128 MB of heap:"
prove 128m "$folder/small.hprof"

for kind in leaked live; do
  "$java" -Xmx3g -cp "$folder" LeakDump "$folder/$kind.hprof" "$kind" "$threads"
  echo "chain of $threads virtual threads, $kind, 512 MB of heap:"
  prove 512m "$folder/$kind.hprof"
  rm "$folder/$kind.hprof"
done

"$java" -Xmx3g -cp "$folder" LeakDump "$folder/large.hprof" heap "$large"
echo "large dump, 512 MB of heap:"
prove 512m "$folder/large.hprof"

cat >"$folder/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>com.squareup.leakcanary</groupId><artifactId>shark</artifactId>
<version>$shark_version</version></dependency></dependencies></project>
POM
mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$folder/shark" >"$folder/mvn.log" 2>&1 ||
  { echo "cannot fetch Shark: $(tail -1 "$folder/mvn.log")"; exit 0; }
"$javac" -cp "$folder/shark/*" -d "$folder" bench/SharkProof.java
for how in plain retained; do
  echo "large dump, Shark $shark_version, $how, 3 GB of heap, at most $shark_limit s:"
  timeout "$shark_limit" "$java" -Xmx3g -cp "$folder:$folder/shark/*" SharkProof "$folder/large.hprof" "$how" |
    sed 's/^/  /' || echo "  not done after $shark_limit s"
done
echo "$(uptime)"
