#!/bin/sh
# What an answer of `helpdex serve` costs beside a file of the same size from
# nginx, in CPU time of the server on one thread, in one run with turns: a search
# that nobody asked before, and one that somebody did. Then how much memory it takes, and whether 200 generations are taken up under load.
#
#   bench/serve_cost.sh PROGRAM KB_DIR QUERIES.tsv LOCALE [SCRATCH_DIR]
#
# QUERIES.tsv has lines `qid<TAB>query`. Needs wrk, nginx and python3.
set -eu
program=$1 kb=$2 queries=$3 locale=$4
scratch=$(mktemp -d "${5:-/tmp}/serve_cost.XXXXXX")
PATH=$PATH:/usr/sbin
server='' kept='' nginx=''
finish() {
    for pid in $server $kept $nginx; do
        kill "$pid" 2>/dev/null || true
    done
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

"$program" index "$kb" --index "$scratch/index" --locale "$locale" --quiet
mkfifo "$scratch/address"
# serve INDEX MEGABYTES: sets $server and $url.
serve() {
    printf 'threads: 1\nlimits:\n  queue_ms: 10000\nlog:\n  requests: false\n' \
        >"$scratch/serve.yml"
    printf 'cache:\n  megabytes: %d\n' "$2" >>"$scratch/serve.yml"
    "$program" serve --index "$1" --listen 127.0.0.1:0 \
        --config "$scratch/serve.yml" >"$scratch/address" 2>"$scratch/log" &
    server=$!
    read -r address <"$scratch/address"
    url=${address#serving on }
}
end() {
    kill "$server"
    wait "$server" || true
    server=
}
serve "$scratch/index" 32
kept=$server kept_url=$url
serve "$scratch/index" 0
memory() { awk '/^VmRSS/ {print $2}' "/proc/$server/status"; }
echo "resident after the start: $(memory) kB"

# The requests, in the order of the file, as wrk wants them.
python3 - "$queries" "$locale" "$scratch" <<'PYTHON'
import sys, urllib.parse
queries, locale, scratch = sys.argv[1:]
paths = ["/v1/search?locale=%s&q=%s" %
         (locale, urllib.parse.quote(line.rstrip("\n").split("\t")[1]))
         for line in open(queries)][:500]
with open(scratch + "/paths.lua", "w") as out:
    out.write("local p={%s}\nlocal i=0\nrequest=function() i=i%%#p+1 "
              "return wrk.format('GET',p[i]) end\n" %
              ",".join("'%s'" % p for p in paths))
with open(scratch + "/path", "w") as out:
    out.write(paths[0])
PYTHON

# Files of the same sizes, from nginx on one process.
mkdir "$scratch/files"
curl -s "$url/healthz" >"$scratch/files/hello"
curl -s "$url$(cat "$scratch/path")" >"$scratch/files/search"
curl -s "$url/v1/suggest?q=a&locale=$locale" >"$scratch/files/suggest"
port=$(python3 -c 'import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1])')
cat >"$scratch/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $scratch/pid; error_log /dev/null;
events { worker_connections 1024; }
http {
    access_log off; keepalive_requests 100000000; open_file_cache max=100;
    default_type application/json; sendfile on; tcp_nopush on;
    client_body_temp_path $scratch/a; proxy_temp_path $scratch/b;
    fastcgi_temp_path $scratch/c; uwsgi_temp_path $scratch/d;
    scgi_temp_path $scratch/e;
    server { listen 127.0.0.1:$port; root $scratch/files; }
}
CONF
[ "$(id -u)" != 0 ] || sed -i '1i user root;' "$scratch/nginx.conf"
nginx -c "$scratch/nginx.conf" -p "$scratch" &
nginx=$!
until curl -s "http://127.0.0.1:$port/hello" >"$scratch/out"; do :; done
worker=$(pgrep -P "$nginx")

# Ticks of user and system time of a process.
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# cost NAME PID URL [OPTIONS OF WRK]: microseconds of CPU time a request.
cost() {
    name=$1 pid=$2 at=$3
    shift 3
    before=$(ticks "$pid")
    wrk -t1 -c32 -d4s "$@" "$at" >"$scratch/wrk"
    after=$(ticks "$pid")
    requests=$(awk '/requests in/ {print $1}' "$scratch/wrk")
    grep 'Non-2xx\|Socket errors' "$scratch/wrk" >&2 || true
    echo "$name $(((after - before) * 10000)) $requests" >>"$scratch/costs"
}
for turn in 1 2 3; do
    cost nginx-hello "$worker" "http://127.0.0.1:$port/hello"
    cost hello "$server" "$url/healthz"
    cost nginx-search "$worker" "http://127.0.0.1:$port/search"
    cost search "$server" "$url" -s "$scratch/paths.lua"
    cost repeated "$kept" "$kept_url" -s "$scratch/paths.lua"
    cost nginx-suggest "$worker" "http://127.0.0.1:$port/suggest"
    cost suggest "$server" "$url/v1/suggest?q=a&locale=$locale"
done
# The best of three: what disturbs only adds.
awk '{cost = $2 / $3; if (!($1 in best) || cost < best[$1]) best[$1] = cost}
    END {
        best["nginx-repeated"] = best["nginx-search"]
        n = split("hello search repeated suggest", names, " ")
        for (i = 1; i <= n; i++) {
            name = names[i]
            printf "%-8s %8.1f us, nginx %6.1f us, ratio %.2f\n", name,
                best[name], best["nginx-" name], best[name] / best["nginx-" name]
        }
    }' "$scratch/costs"
echo "resident after the load: $(memory) kB"
end
server=$kept
end

# Generations under load: a small knowledge base, each edition of which has its
# number in every text; a script of wrk looks into every answer.
edition() {
    mkdir -p "$scratch/kb/en"
    for name in refund flight hotel; do
        printf -- '---\nid: %s\ntitle: "The %s (edition %d)"\n---\n\n%s\n' \
            "$name" "$name" "$1" "About a $name, edition $1." \
            >"$scratch/kb/en/$name.md"
    done
    "$program" index "$scratch/kb" --index "$scratch/swaps" --quiet
}
edition 1
serve "$scratch/swaps" 32
cat >"$scratch/swaps.lua" <<'LUA'
local paths = {"/v1/search?q=edition+refund", "/v1/articles/en/hotel",
               "/v1/search?q=flight", "/v1/suggest?q=the"}
local i = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() mixed, failed, answers = 0, 0, 0 end
function request() i = i % #paths + 1 return wrk.format("GET", paths[i]) end
function response(status, headers, body)
    answers = answers + 1
    if status ~= 200 then failed = failed + 1 return end
    local number = tonumber(body:match('"generation":"(%d+)'))
    for edition in body:gmatch("edition (%d+)") do
        if tonumber(edition) ~= number then mixed = mixed + 1 return end
    end
end
function done(summary)
    local all = {mixed = 0, failed = 0, answers = 0}
    for _, thread in ipairs(threads) do
        for key in pairs(all) do all[key] = all[key] + thread:get(key) end
    end
    local e = summary.errors
    print(string.format("answers %d, failed %d, mixed %d, socket errors %d",
        all.answers, all.failed, all.mixed,
        e.connect + e.read + e.write + e.timeout))
end
LUA
wrk -t1 -c16 -d600s -s "$scratch/swaps.lua" "$url" >"$scratch/wrk" &
load=$!
number=1
while [ "$number" -lt 201 ]; do
    number=$((number + 1))
    edition "$number"
    until grep -q "\"generation\",\"detail\":\"$(printf %08d "$number")" \
        "$scratch/log"; do :; done
done
kill -INT "$load"
wait "$load" || true
grep answers "$scratch/wrk"
echo "generations taken up: $(grep -c '"event":"generation"' "$scratch/log")"
