#!/bin/sh
# Our scripts parse, can be run, and keep no path of somebody's own machine.
set -eu
cd "$(dirname "$0")/../.."
bad=0
for script in .ci/run scripts/* deploy/*.sh tests/lint/*.sh; do
  [ -f "$script" ] || continue
  case $(head -n 1 "$script") in
    '#!/bin/sh') shell=sh ;;
    '#!/bin/bash') shell=bash ;;
    '#!/usr/bin/env python3') continue ;;
    *) echo "$script: no interpreter in the first line that we use"; bad=1; continue ;;
  esac
  $shell -n "$script" || bad=1
  [ -x "$script" ] || { echo "$script: not executable"; bad=1; }
  if grep -nE '(^|[^[:alnum:]_./-])/(work|home|Users)/' "$script"; then
    echo "$script: a path of somebody's own machine"
    bad=1
  fi
done
exit "$bad"
