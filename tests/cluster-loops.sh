#!/usr/bin/env bash
# Runs the tests of Category=Cluster over and over, each time with another seed, and writes a line a loop into
# OrleansGallery.Benchmarks/results/cluster-loops.md; the names of tests that failed stand in it.
#   tests/cluster-loops.sh LOOPS FIRST_SEED
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
loops=${1:?how many loops} seed=${2:?the first seed, a whole number}
log=tests/OrleansGallery.Benchmarks/results/cluster-loops.md
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ ! -e "$log" ]; then
    cat > "$log" <<'TEXT'
# The cluster's tests, over and over

Written by `tests/cluster-loops.sh LOOPS FIRST_SEED`: `dotnet test --filter Category=Cluster` with real processes and
PostgreSQL, each time with another `GALLERY_SEED`, which sets what the clients of the fault tests do.

| when (UTC) | commit | seed | load before | minutes | passed | failed | which |
|---|---|---|---|---|---|---|---|
TEXT
fi
for ((i = 0; i < loops; i++, seed++)); do
    began=$(date +%s) load=$(cut -d' ' -f1 /proc/loadavg)
    GALLERY_SEED=$seed dotnet test OrleansGallery.sln -c Release --no-build --filter Category=Cluster \
        --logger 'console;verbosity=normal' --results-directory "$scratch" \
        --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none > "$scratch/log" 2>&1
    passed=$(awk '$1 == "Passed:" { n += $2 } END { print n + 0 }' "$scratch/log")
    failed=$(awk '$1 == "Failed:" { n += $2 } END { print n + 0 }' "$scratch/log")
    names=$(sed -nE 's/^  Failed .*\.([A-Za-z]+\.[A-Za-z_]+).* \[.*\]$/\1/p' "$scratch/log" | sort -u | paste -sd' ')
    printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$(date -u -d "@$began" '+%F %R')" \
        "$(git rev-parse --short HEAD)" "$seed" "$load" "$((($(date +%s) - began + 30) / 60))" "$passed" "$failed" \
        "${names:--}" >> "$log"
    [ "$failed" -eq 0 ] || grep -A25 '^  Failed ' "$scratch/log"
done
