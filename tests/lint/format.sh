#!/bin/sh
# Checks the layout of every C++ file against .clang-format; `format.sh --fix [FILE…]` mends it.
set -eu
cd "$(dirname "$0")/../.."

fix=
if [ "${1:-}" = --fix ]; then fix=1; shift; fi
if [ $# = 0 ]; then
  set -- $(find bot dialogs storage handlers tests bench -name '*.[ch]pp' | sort)
fi
if [ -n "$fix" ]; then
  exec clang-format-16 -i "$@"
fi
if ! clang-format-16 --dry-run --Werror "$@" 2>&1 | grep -v '^ \|\^' >&2; then
  echo "$# files, all laid out as .clang-format says"
  exit 0
fi
echo "Run tests/lint/format.sh --fix" >&2
exit 1
