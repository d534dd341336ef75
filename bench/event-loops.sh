#!/usr/bin/env bash
# What event loops of the JVM cost, each in turn: NIO by hand, Netty on NIO, epoll and io_uring, Netty's
# HTTP codec, and gb itself. Needs a server that runs already, on another processor. Needs Maven for Netty.
#   bench/event-loops.sh URL [ROUNDS] [CONNECTIONS] [WARM_UP] [REQUESTS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly url=${1:?"names no URL"} rounds=${2:-5} connections=${3:-100} warm_up=${4:-1000000} requests=${5:-1000000}
readonly netty_version=4.2.18.Final
readonly candidates=(nio netty-nio netty-epoll netty-uring netty-codec gb)
folder=$(mktemp -d "${TMPDIR:-/tmp}/gb-event-loops.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
cpu=$(taskset -c -p $$ | awk '{ n = split($NF, cpus, /[,-]/); print cpus[n] }')

./gb -V >"$folder/version"
cat >"$folder/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>io.netty</groupId><artifactId>netty-all</artifactId>
<version>$netty_version</version></dependency></dependencies></project>
POM
mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$folder/netty" >"$folder/mvn.log" 2>&1 ||
  { echo "cannot fetch Netty: $(tail -1 "$folder/mvn.log")" >&2; exit 1; }
readonly classes="$folder:cli/target/gb.jar:$folder/netty/*"
"${java}c" -cp "$classes" -d "$folder" bench/EventLoops.java

uptime
echo "client on core $cpu, $connections connections, $requests requests after $warm_up, Netty $netty_version"
for ((round = 0; round < rounds; round++)); do
  for ((turn = 0; turn < ${#candidates[@]}; turn++)); do
    candidate=${candidates[$(((turn + round) % ${#candidates[@]}))]}
    taskset -c "$cpu" "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
      --sun-misc-unsafe-memory-access=allow -cp "$classes" EventLoops "$candidate" "$url" \
      "$connections" "$warm_up" "$requests" 2>"$folder/errors" ||
      { echo "$candidate failed: $(head -3 "$folder/errors")"; }
  done
done | tee "$folder/rows"

echo "medians, CPU in microseconds a request and requests a second:"
for candidate in "${candidates[@]}"; do
  awk -v c="$candidate" '$1 == c && NF == 3 { print $2, $3 }' "$folder/rows" | sort -n |
    awk -v c="$candidate" '{ cpu[NR] = $1; rate[NR] = $2 }
      END { if (NR) printf "  %-12s %7.2f %9.0f\n", c, cpu[int((NR + 1) / 2)], rate[int((NR + 1) / 2)] }'
done
