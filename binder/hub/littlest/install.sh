#!/bin/bash
# Put a Foothills club on The Littlest JupyterHub. Run as root, from a checkout, on the machine that has the hub.
# It can be run again: it then brings everything up to date.
#
#   sudo binder/hub/littlest/install.sh COURSE
set -euo pipefail

course="${1:-club}"
checkout="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
home=/opt/foothills
exchange=/srv/nbgrader/exchange
python=/opt/tljh/user/bin/python
config=/opt/tljh/config/jupyterhub_config.d

say() { echo "Foothills: $*"; }
stop() {
  echo "Foothills: $*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || stop "run this as root: sudo $0 $course"
[ -x "$python" ] || stop "The Littlest JupyterHub is not here. Install it first: https://tljh.jupyter.org"
case "$course" in *[!A-Za-z0-9._-]* | "") stop "a course's name has letters, figures, dots and dashes only" ;; esac
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' ||
  stop "the hub's users have $("$python" --version), and Foothills needs 3.11, 3.12 or 3.13"

say "copying the checkout to $home"
mkdir -p "$home"
tar -C "$checkout" --exclude=.git --exclude=.venv -cf - . | tar -C "$home" -xf -
chmod -R a+rX,go-w "$home"

say "installing the locked packages for every user"
"$python" -m pip install --quiet --require-hashes -r "$home/requirements.txt"
"$python" -m pip install --quiet --no-deps --no-build-isolation -e "$home"

say "making the exchange"
mkdir -p "$exchange"
chmod 0777 "$exchange"

say "telling the hub"
mkdir -p "$config"
{
  echo "import os"
  echo "os.environ['FOOTHILLS_HOME'] = '$home'"
  echo "os.environ['FOOTHILLS_COURSE'] = '$course'"
  echo "os.environ['FOOTHILLS_EXCHANGE'] = '$exchange'"
  cat "$home/binder/hub/settings/foothills_hub.py"
} >"$config/foothills.py"
tljh-config reload
say "done. People who log in now see JupyterLab, and the course \"$course\" in its list of assignments."
