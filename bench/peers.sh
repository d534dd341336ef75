#!/usr/bin/env bash
# Alternates gb with the HTTP clients installed here, against one server, and compares speed and CPU.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly body_bytes=10240
readonly known_peers=(ab wrk h2load hey)
readonly known_engines=(core client)
readonly hey_remembers=1000000

usage() {
  cat <<'EOF'
Usage: bench/peers.sh [options]

Runs gb and every installed peer (ab, wrk, h2load, hey) in turn, k rounds long, against one server that serves
10k.dat (10,240 bytes) with keep-alive. The server is pinned to one core and the client to another.

  -k ROUNDS       rounds, each running every client once (default 5)
  -n LIST         requests a run, one number or a comma list (default 200000); each a multiple of each of -c
  -c LIST         connections, one number or a comma list (default 100)
  -d SECONDS      length of a wrk run, which has no option for a number of requests (default: what n requests take it)
  -p LIST         peers to run, a comma list of ab, wrk, h2load and hey (default: all that are installed), and of core and
                  client, which are gb with that engine
  -o FILE         write every run as a row of CSV to FILE
  --close         a connection for each request; with ab, wrk and hey
  --server WHICH  nginx or gb (default: nginx if installed, else gb)
  --gb "CMD"      the command that is gb (default: the gb of this repository); must take ab's options
  --serve "CMD"   the command for --server gb; %p stands for the port (default: the gb command, serve --port %p)
  --server-cpu N  core of the server (default: the first that this process may use)
  --client-cpu N  core of the clients (default: the last that this process may use)
  -h, --help      this text

req/s is requests / wall seconds of the whole client process, start-up included: the same for every client. What a
client itself reports may be higher. CPU is user+sys of the client and of every child it waited for. Every client runs
once uncounted first, and each round starts with another client. A run is valid only if the client reports all requests
complete and none failed; otherwise the script says so and exits with 1. Wrong usage exits with 22.
EOF
}

die() {
  printf 'peers.sh: %s\n' "$*" >&2
  exit 1
}

usage_error() {
  printf 'peers.sh: %s (-h for help)\n' "$*" >&2
  exit 22
}

loud() { printf '\n*** %s ***\n\n' "$*"; }

has() { command -v "$1" >/dev/null 2>&1; }

package_of() {
  case $1 in
    ab) echo apache2-utils ;;
    h2load) echo nghttp2-client ;;
    taskset) echo util-linux ;;
    *) echo "$1" ;;
  esac
}

# ---------------------------------------------------------------------------------------------- options

rounds=5 counts=200000 connections=100 seconds="" close="" peers_wanted="" csv="" server="" server_cpu="" client_cpu=""
gb_command=$root/gb serve_command=""

while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --close)
      close=yes
      shift
      ;;
    -k | -n | -c | -d | -p | -o | --server | --gb | --serve | --server-cpu | --client-cpu)
      (($# > 1)) || usage_error "$1 needs a value"
      case $1 in
        -k) rounds=$2 ;;
        -n) counts=$2 ;;
        -c) connections=$2 ;;
        -d) seconds=$2 ;;
        -p) peers_wanted=$2 ;;
        -o) csv=$2 ;;
        --server) server=$2 ;;
        --gb) gb_command=$2 ;;
        --serve) serve_command=$2 ;;
        --server-cpu) server_cpu=$2 ;;
        --client-cpu) client_cpu=$2 ;;
      esac
      shift 2
      ;;
    *) usage_error "unknown option: $1" ;;
  esac
done

positive() { [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || usage_error "$1 wants a whole number above 0, not '$2'"; }
cpu_number() { [[ -z $2 || $2 =~ ^[0-9]+$ ]] || usage_error "$1 wants the number of a core, not '$2'"; }
positive -k "$rounds"
[[ -z $seconds ]] || positive -d "$seconds"
cpu_number --server-cpu "$server_cpu"
cpu_number --client-cpu "$client_cpu"
[[ $counts =~ ^[0-9,]+$ ]] || usage_error "-n wants whole numbers, not '$counts'"
[[ $connections =~ ^[0-9,]+$ ]] || usage_error "-c wants whole numbers, not '$connections'"
IFS=, read -r -a counts_list <<<"$counts"
IFS=, read -r -a connections_list <<<"$connections"
most_connections=0
for connections in "${connections_list[@]}"; do
  positive -c "$connections"
  ((connections <= most_connections)) || most_connections=$connections
done
for n in "${counts_list[@]}"; do
  positive -n "$n"
  for connections in "${connections_list[@]}"; do
    # hey gives every connection the same number of requests and drops the rest.
    ((n % connections == 0)) || usage_error "-n $n is no multiple of -c $connections"
  done
done
[[ $server =~ ^(|nginx|gb)$ ]] || usage_error "--server is nginx or gb, not '$server'"

# The default may hold blanks in its path; a command given as an option is split at them.
if [[ $gb_command == "$root/gb" ]]; then
  gb=("$root/gb")
else
  read -r -a gb <<<"$gb_command"
fi
((${#gb[@]} > 0)) || usage_error "--gb is empty"
has "${gb[0]}" || die "cannot run ${gb[0]}: build gb first, or name another command with --gb"

# ---------------------------------------------------------------------------------------------- what is here

clients=(gb)
missing=()
if [[ -n $peers_wanted ]]; then
  IFS=, read -r -a peers <<<"$peers_wanted"
  for peer in "${peers[@]}"; do
    [[ $peer =~ ^(ab|wrk|h2load|hey|core|client)$ ]] ||
      usage_error "-p knows ${known_peers[*]} ${known_engines[*]}, not '$peer'"
    [[ $peer$close != h2loadyes ]] || usage_error "-p h2load does not go with --close"
    [[ $peer =~ ^(core|client)$ ]] || has "$peer" || die "$peer is not installed: install the package $(package_of "$peer")"
    clients+=("$peer")
  done
else
  for peer in "${known_peers[@]}"; do
    [[ $peer$close == h2loadyes ]] && continue
    if has "$peer"; then clients+=("$peer"); else missing+=("$peer"); fi
  done
fi

# Administrators' tools are not on everyone's path.
has nginx || PATH=$PATH:/usr/sbin:/usr/local/sbin
if [[ -z $server ]]; then
  if has nginx; then server=nginx; else server=gb; fi
fi
[[ $server == gb ]] || has nginx || die "nginx is not installed: install the package nginx, or use --server gb"

# Prints the first and the last core that this process may use.
first_and_last_cpu() {
  taskset -c -p "$$" | awk '{ size = split($NF, cpus, /[,-]/); print cpus[1], cpus[size] }'
}

pin_server=(env) pin_client=(env) pinning="none"
if ! has taskset; then
  unpinned="no taskset here (package $(package_of taskset))"
else
  read -r first_cpu last_cpu < <(first_and_last_cpu)
  server_cpu=${server_cpu:-$first_cpu} client_cpu=${client_cpu:-$last_cpu}
  if [[ $server_cpu == "$client_cpu" ]]; then
    unpinned="server and client would share core $server_cpu"
  else
    unpinned=""
    pin_server=(taskset -c "$server_cpu") pin_client=(taskset -c "$client_cpu")
    pinning="server on core $server_cpu, client on core $client_cpu"
    if ! "${pin_server[@]}" true || ! "${pin_client[@]}" true; then
      die "cannot pin: $pinning"
    fi
  fi
fi

# ---------------------------------------------------------------------------------------------- the server

work=$(mktemp -d)
server_pid="" client_pid=""

# The server leads a process group of its own; whatever it started goes with it.
clean_up() {
  trap '' INT TERM HUP
  if [[ -n $client_pid ]]; then
    kill -TERM "$client_pid" 2>/dev/null || true
    wait "$client_pid" 2>/dev/null || true
  fi
  if [[ -n $server_pid ]]; then
    kill -TERM -- "-$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    kill -KILL -- "-$server_pid" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

free_port() {
  local port attempt
  for ((attempt = 0; attempt < 50; attempt++)); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  die "found no free port"
}

write_nginx_conf() {
  # The worker may run as another user, who must be able to read the file it serves.
  chmod 755 "$work"
  mkdir "$work/www"
  head -c "$body_bytes" /dev/zero | tr '\0' x >"$work/www/10k.dat"
  cat >"$work/nginx.conf" <<EOF
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/server.log warn;
events {
  worker_connections $((most_connections * 2 + 64));
}
http {
  access_log off;
  sendfile on;
  keepalive_timeout 600s;
  keepalive_requests 2000000000;
  open_file_cache max=16;
  client_body_temp_path $work/tmp-body;
  proxy_temp_path $work/tmp-proxy;
  fastcgi_temp_path $work/tmp-fastcgi;
  uwsgi_temp_path $work/tmp-uwsgi;
  scgi_temp_path $work/tmp-scgi;
  server {
    listen 127.0.0.1:$port backlog=$((most_connections + 511));
    root $work/www;
  }
}
EOF
}

# Bytes of the body of 10k.dat as served now; 0 while nobody serves it.
served_bytes() {
  local reply=$work/reply head status
  if ! { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; then
    echo 0
    return
  fi
  printf 'GET /10k.dat HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
  cat <&3 >"$reply"
  exec 3>&-
  head=$(sed $'/^\r$/q' "$reply" | wc -c)
  status=$(awk '{ print $2; exit }' "$reply")
  if [[ $status == 200 ]]; then echo $(($(wc -c <"$reply") - head)); else echo 0; fi
}

start_server() {
  local -a command
  local attempt bytes
  port=$(free_port)
  if [[ $server == nginx ]]; then
    write_nginx_conf
    command=(nginx -p "$work" -e "$work/server.log" -c "$work/nginx.conf")
    server_name="$(nginx -v 2>&1 | sed 's/^nginx version: //'), one worker"
  elif [[ -n $serve_command ]]; then
    read -r -a command <<<"${serve_command//%p/$port}"
    server_name=${command[*]}
  else
    command=("${gb[@]}" serve --port "$port")
    server_name="gb serve"
  fi
  set -m
  "${pin_server[@]}" "${command[@]}" </dev/null >"$work/server.out" 2>&1 &
  server_pid=$!
  set +m
  for ((attempt = 0; attempt < 300; attempt++)); do
    kill -0 "$server_pid" 2>/dev/null || break
    bytes=$(served_bytes) || bytes=0
    if ((bytes > 0)); then
      ((bytes == body_bytes)) || die "the server serves $bytes bytes, not $body_bytes"
      return
    fi
    sleep 0.1
  done
  tail -q -n 20 "$work"/server.* >&2
  die "the server did not start: ${command[*]}"
}

# ---------------------------------------------------------------------------------------------- one run

# Sets command to what makes client $1 send $2 requests over $3 connections; wrk sends for $4 seconds instead.
command_for() {
  local -a ab_options=(-k) wrk_options=() hey_options=()
  if [[ -n $close ]]; then
    ab_options=() wrk_options=(-H "Connection: close") hey_options=(-disable-keepalive)
  fi
  ab_options+=(-c "$3" -n "$2" -q "$url")
  case $1 in
    gb) command=("${gb[@]}" "${ab_options[@]}") ;;
    core | client) command=("${gb[@]}" --engine "$1" "${ab_options[@]}") ;;
    ab) command=(ab "${ab_options[@]}") ;;
    wrk) command=(wrk -t 1 -c "$3" -d "${4}s" ${wrk_options[@]+"${wrk_options[@]}"} "$url") ;;
    h2load) command=(h2load --h1 -t 1 -c "$3" -n "$2" "$url") ;;
    hey) command=(hey -c "$3" -n "$2" ${hey_options[@]+"${hey_options[@]}"} "$url") ;;
  esac
}

# Prints "complete failed" from the report of client $1, or nothing if the report has no such lines.
complete_and_failed() {
  case $1 in
    gb | core | client | ab)
      awk '/^Complete requests:/ { complete = $3 } /^Failed requests:/ { failed = $3 } /^Non-2xx responses:/ { other = $3 }
        END { if (complete != "" && failed != "") print complete, failed + other }' "$2"
      ;;
    wrk)
      awk '/ requests in / { complete = $1 } /Socket errors:/ { for (i = 1; i <= NF; i++) failed += $i + 0 }
        /Non-2xx or 3xx responses:/ { failed += $NF } END { if (complete != "") print complete, failed + 0 }' "$2"
      ;;
    h2load)
      awk '/^requests:/ { complete = $8; failed = $10 + $12 + $14; seen = 1 } /^status codes:/ { failed += $5 + $7 + $9 }
        END { if (seen) print complete, failed }' "$2"
      ;;
    hey)
      awk '/^Status code distribution:/ { part = 1; seen = 1 } /^Error distribution:/ { part = 2; seen = 1 }
        /^ *\[[0-9]+\]/ { gsub(/[][]/, ""); if (part == 1 && $1 == 200) complete += $2
          else if (part == 1) failed += $2; else if (part == 2) failed += $1 }
        END { if (seen) print complete + 0, failed + 0 }' "$2"
      ;;
  esac
}

# Runs the command of command_for for client $1 and sets complete, wall, user and sys; exits if the run is invalid.
measure() {
  local client=$1 wanted=$2 status=0 failed
  command_for "$@"
  {
    time {
      "${pin_client[@]}" "${command[@]}" </dev/null >"$work/client.out" 2>"$work/client.err" &
      client_pid=$!
      wait "$client_pid" || status=$?
    }
  } 2>"$work/times"
  client_pid=""
  read -r user sys wall <"$work/times"
  complete="" failed=""
  read -r complete failed < <(complete_and_failed "$client" "$work/client.out") || true
  [[ $client == wrk ]] && wanted=${complete:-0}
  # hey sends all requests, but its report knows the first million only.
  [[ $client == hey ]] && ((wanted > hey_remembers)) && ((complete == hey_remembers)) && complete=$wanted
  if ((status != 0)) || [[ $complete != "$wanted" || $failed != 0 || $complete == 0 ]]; then
    {
      loud "INVALID: $client reported ${complete:-no number} complete and ${failed:-no number} failed of $wanted; exit $status"
      printf 'The command was: %s\nIts last lines:\n' "${command[*]}"
      tail -n 15 "$work/client.out" "$work/client.err"
    } >&2
    exit 1
  fi
}

TIMEFORMAT='%U %S %R'

# ---------------------------------------------------------------------------------------------- all runs

ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
start_server
url=http://127.0.0.1:$port/10k.dat

printf 'gb against its peers, %s\n' "$(date -u '+%Y-%m-%d %H:%M UTC')"
printf '  machine   %s, %s cores\n' "$(uname -srm)" "$(getconf _NPROCESSORS_ONLN)"
printf '  server    %s, 10k.dat of %s bytes\n' "$server_name" "$body_bytes"
printf '  pinning   %s\n' "$pinning"
printf '  load      %s, %s rounds\n' "$([[ -n $close ]] && echo "without keep-alive" || echo "-k")" "$rounds"
printf '  gb is     %s\n' "${gb[*]}"
printf '  req/s     requests / wall seconds of the whole client process\n'
printf '  CPU       user+sys of the whole client process, in microseconds a request\n'
for peer in ${missing[@]+"${missing[@]}"}; do
  printf '  missing   %s: install the package %s\n' "$peer" "$(package_of "$peer")"
done
if [[ -n $unpinned ]]; then
  loud "NOT PINNED: $unpinned; server and client disturb each other, trust no figure below"
fi

if [[ -r /proc/loadavg ]]; then
  read -r load _ </proc/loadavg
  if ((${load%.*} >= 1)); then
    loud "NOT IDLE: load average $load before the first run; compare ratios only, and run again on a quiet machine"
  fi
fi

if [[ -n $csv ]]; then
  echo 'server,connections,n,round,client,requests,wall_s,user_s,sys_s,req_per_s,cpu_us_per_req' >"$csv"
fi

# Each client once, uncounted; it tells how fast wrk is with so many connections.
declare -A wrk_rate=()
for connections in "${connections_list[@]}"; do
  for client in "${clients[@]}"; do
    measure "$client" $((connections * 10)) "$connections" 2
    if [[ $client == wrk ]]; then
      wrk_rate[$connections]=$(awk -v n="$complete" -v wall="$wall" 'BEGIN { print int(n / wall) + 1 }')
    fi
  done
done

# Seconds that wrk takes for about $1 requests over $2 connections, or those of -d.
wrk_seconds() {
  local rate=${wrk_rate[$2]:-1}
  echo "${seconds:-$((($1 + rate - 1) / rate))}"
}

# Prints the table of the rows in $1, each "client req/s µs"; clients in the order of $2.
table() {
  awk -v order="$2" '
    function sort(list, size,   i, j, held) {
      for (i = 2; i <= size; i++) {
        held = list[i]
        for (j = i - 1; j >= 1 && list[j] > held; j--) list[j + 1] = list[j]
        list[j + 1] = held
      }
    }
    function summary(client, values,   list, i, half) {
      for (i = 1; i <= runs[client]; i++) list[i] = values[client, i] + 0
      sort(list, runs[client])
      half = int((runs[client] + 1) / 2)
      low = list[1]
      high = list[runs[client]]
      median = runs[client] % 2 ? list[half] : (list[half] + list[half + 1]) / 2
    }
    { i = ++runs[$1]; rate[$1, i] = $2; cpu[$1, i] = $3 }
    END {
      printf "%-8s %9s %9s %9s  %8s %8s %8s  %8s %8s\n", "", "req/s", "", "", "CPU us", "", "", "gb/peer", "gb/peer"
      printf "%-8s %9s %9s %9s  %8s %8s %8s  %8s %8s\n", "client", "min", "median", "max", "min", "median", "max", "req/s", "CPU"
      size = split(order, clients, " ")
      for (c = 1; c <= size; c++) {
        client = clients[c]
        summary(client, rate)
        if (c == 1) gb_rate = median
        ratio = gb_rate / median
        printf "%-8s %9.0f %9.0f %9.0f", client, low, median, high
        summary(client, cpu)
        if (c == 1) gb_cpu = median
        printf "  %8.2f %8.2f %8.2f", low, median, high
        if (c == 1) printf "\n"; else printf "  %8.2f %8.2f\n", ratio, gb_cpu / median
      }
    }' "$1"
}

# Clients and numbers of connections take turns, so that all see the same of what else the machine does.
for n in "${counts_list[@]}"; do
  for ((round = 1; round <= rounds; round++)); do
    for ((turn = 0; turn < ${#clients[@]}; turn++)); do
      client=${clients[$(((turn + round - 1) % ${#clients[@]}))]}
      for connections in "${connections_list[@]}"; do
        measure "$client" "$n" "$connections" "$(wrk_seconds "$n" "$connections")"
        figures=$(awk -v n="$complete" -v wall="$wall" -v user="$user" -v sys="$sys" \
          'BEGIN { printf "%.1f %.3f", n / wall, (user + sys) * 1e6 / n }')
        echo "$client $figures" >>"$work/rows-$n-$connections"
        if [[ -n $csv ]]; then
          echo "$server,$connections,$n,$round,$client,$complete,$wall,$user,$sys,${figures/ /,}" >>"$csv"
        fi
      done
    done
  done
  for connections in "${connections_list[@]}"; do
    printf '\nn = %s, c = %s\n' "$n" "$connections"
    table "$work/rows-$n-$connections" "${clients[*]}"
  done
done
printf '\ngb/peer is the ratio of the medians: req/s above 1, or CPU below 1, is in favour of gb.\n'
