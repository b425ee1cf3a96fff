# shellcheck shell=bash
# Shared by scripts/build and scripts/test, which source it: what the two commands need is installed here.
#
# Programs come from Debian's, Ubuntu's or Homebrew's packages; Python packages go into .venv, pinned with hashes by
# scripts/requirements/. A note in .venv says what it was made from: as long as that is true, nothing is done.

set -euo pipefail
unset PYTHONHOME PYTHONPATH
export PYTHONSAFEPATH=1 # no Python here imports what lies in the folder it is started in; -I for one that may be older

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv

# Compiled modules are kept beside the packages, on machines too that want none in the folders of the sources.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$venv/compiled

# A Python started with a path keeps this variable, a script with #! loses it; that is why nothing calls .venv/bin/*.
[[ $OSTYPE != darwin* ]] ||
  export DYLD_FALLBACK_LIBRARY_PATH=${DYLD_FALLBACK_LIBRARY_PATH:-/opt/homebrew/lib:/usr/local/lib:/usr/lib}

say() { printf 'polyleaf: %s\n' "$*" >&2; }

# Exit 7 is what polyleaf itself says when a tool is missing.
stop() {
  say "$@"
  exit 7
}

# Runs a command that talks a lot, and shows what it said only if it fails.
quietly() {
  local report
  if ! report=$("$@" 2>&1 </dev/null 9>&-); then
    printf '%s\n' "$report" >&2
    stop "this failed: $*"
  fi
}

# set_up run|dev: afterwards .venv holds what scripts/requirements/{run,dev}.txt names, and polyleaf itself.
set_up() {
  local requirements=$root/scripts/requirements/$1.txt note=$venv/made-from-$1 python
  ! is_made || return 0
  python=$(find_python)
  lock "$python"
  if ! is_made; then
    install_programs "$python"
    install_packages "$python"
  fi
  exec 9>&-
}

is_made() {
  [[ -f $note && ! -e $venv/unfinished && $(<"$note") == "$(origin)" ]]
}

# What .venv depends on. Of the settings of the leaflets only languages with a font of their own install something.
origin() {
  foundation
  languages_with_fonts
  cksum <"$requirements"
  sed '/^\[tool\.polyleaf\]/,/^\[/d' "$root/pyproject.toml" | cksum
}

# The languages that ask for fonts besides those that are always there, 56 MB on Debian. Developers have them all: the
# tests set one leaflet in many scripts.
languages_with_fonts() {
  if [[ ${requirements##*/} == dev.txt ]]; then
    printf '%s\n' ja ko zh
  else
    sed -n '/^\[tool\.polyleaf\]/,/^\[/p' "$root/pyproject.toml" | sed -n '/^languages/,/\]/p; /^source_language/p' |
      sed 's/#.*//' | grep -oE '["'\''](ja|ko|zh)[^a-z]' | tr -cd 'a-z\n' | sort -u || true
  fi
}

# A .venv works only where it was made, and only with the Python that it was made with.
foundation() {
  printf '%s\n' "$root"
  "$venv/bin/python" -IS -c 'import sys; print(sys.version_info[:2])' 2>/dev/null || echo 'no Python'
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  name=$(python3 --version 2>/dev/null) || name='no python3'
  stop "Python 3.11 or newer is needed, and there is $name here."
}

# One command at a time: whoever holds this file. The lock is on descriptor 9 of this shell, so it ends when that ends.
lock() {
  exec 9<>"$root/scripts/setup.sh"
  "$1" -I -c '
import fcntl, sys
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("polyleaf: another command is at work here, waiting for it", file=sys.stderr)
    fcntl.flock(9, fcntl.LOCK_EX)
'
}

install_programs() {
  if command -v dpkg-query >/dev/null; then
    install_debian_packages "$1"
  elif [[ $OSTYPE == darwin* ]]; then
    install_brew_packages
  else
    say "this is neither Debian, Ubuntu nor macOS: install Pango, HarfBuzz (with its subset library), Noto Sans and gettext."
  fi
}

install_debian_packages() {
  local package missing='' command sudo=() packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext)
  packages+=(fonts-noto-core)
  [[ -z $(languages_with_fonts) ]] || packages+=(fonts-noto-cjk)
  for package in "${packages[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed* ]] || missing+=" $package"
  done
  "$1" -I -c 'import ensurepip, venv' 2>/dev/null || missing+=" $(basename -- "$1")-venv"
  [[ $missing ]] || return 0
  command="apt-get update && apt-get install --yes --no-install-recommends$missing"
  if [[ $(id -u) != 0 ]]; then
    may_use_sudo || stop "an administrator must run this line once: $command"
    sudo=(sudo)
  fi
  say "installing Debian packages:$missing"
  quietly ${sudo[@]+"${sudo[@]}"} env DEBIAN_FRONTEND=noninteractive sh -c "
    apt-get update --quiet || echo 'the lists of packages could not be renewed'
    apt-get install --quiet --yes --no-install-recommends -o DPkg::Lock::Timeout=300$missing"
}

# Without a terminal sudo cannot ask for a password.
may_use_sudo() {
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null || { [[ -t 0 && -t 2 ]] && sudo -v; }
}

install_brew_packages() {
  local packages=(pango harfbuzz gettext font-noto-sans font-noto-sans-math font-noto-sans-symbols-2)
  # Each script is a cask of its own there: the error that stops a build names the one that is missing.
  [[ -z $(languages_with_fonts) ]] || packages+=(font-noto-sans-cjk)
  command -v brew >/dev/null || stop "install Homebrew (https://brew.sh) and run: brew install ${packages[*]}"
  ! brew list --versions "${packages[@]}" >/dev/null 2>&1 || return 0
  say "installing Homebrew packages: ${packages[*]}"
  quietly brew install "${packages[@]}"
}

install_packages() {
  local pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input install --quiet --no-user)
  if [[ -e $venv/unfinished || ! -f $venv/foundation || $(<"$venv/foundation") != "$(foundation)" ]]; then
    say "making .venv with $("$1" --version)"
    quietly "$1" -m venv --clear "$venv"
    foundation >"$venv/foundation"
  fi
  touch "$venv/unfinished"
  say "installing Python packages into .venv, as pinned in ${requirements#"$root"/}"
  # The files name everything that is needed. Asked for dependencies too, pip takes the newest coverage for the
  # coverage[toml] of pytest-cov, not the pinned one, and stops.
  quietly "${pip[@]}" --no-deps --require-hashes --only-binary :all: --requirement "$requirements"
  install_project "${pip[@]}"
  origin >"$note"
  rm "$venv/unfinished"
}

# The project itself is left alone when it is there already, as another command may be running from it.
install_project() {
  local made=$venv/made-from-project now
  now=$(sed '/^\[tool\.polyleaf\]/,/^\[/d' "$root/pyproject.toml" | cksum)
  if [[ ! -f $made || $(<"$made") != "$now" ]]; then
    quietly "$@" --no-deps --no-build-isolation --editable "$root"
    printf '%s\n' "$now" >"$made"
  fi
}
