#!/usr/bin/env bash
# Installs a build into a fresh prefix, builds an outside program against it, and runs both.
#   installed_library.sh BUILD_DIR SOURCE_DIR
set -euo pipefail
build=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
flags=$(sed -n 's/^CMAKE_CXX_FLAGS_DEBUG:STRING=//p' "$build/CMakeCache.txt" | grep -o -- '-fsanitize=[a-z,]*' || true)
cmake -S "$source/tests/house/consumer" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_FLAGS="$flags" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
[ "$("$work/build/consumer")" = degree ] || { echo "the outside program did not print degree"; exit 1; }

cd "$work"
"$work/prefix/bin/entente" info korea-innovation --format json >"$work/info.json"
grep -q '"korea-innovation"' "$work/info.json" || { echo "the installed program did not find its datasets"; exit 1; }
