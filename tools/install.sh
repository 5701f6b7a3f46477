#!/bin/sh
# 离线安装落实 / Installs Luoshi without a network:  sh install.sh [FOLDER]   (default: ./luoshi)
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
folder=${1:-luoshi}
platform=$(cat "$here/PLATFORM")

stop() {
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 1
}

fits() { # the Python the wheels were made for
    "$1" -c 'import sys, sysconfig, venv, ensurepip
here = f"cp{sys.version_info.major}{sys.version_info.minor}-{sysconfig.get_platform()}"
sys.exit(here != sys.argv[1])' "$platform" 2>/dev/null
}

python=''
minor=${platform%%-*}
for name in ${LUOSHI_PYTHON:+"$LUOSHI_PYTHON"} python3 "python3.${minor#cp3}" python; do
    if fits "$name"; then python=$name && break; fi
done
[ -n "$python" ] || stop \
    "这个安装包用于 $platform，没有找到相应的 Python（须带 venv 模块）。可用环境变量 LUOSHI_PYTHON 指明它的路径。" \
    "This archive is for $platform; no such Python with its venv module was found. Name it in LUOSHI_PYTHON."

mkdir -p "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd -P)
"$python" -m venv "$folder/.venv"
"$folder/.venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-index --no-deps \
    --find-links "$here/wheels" --require-hashes -r "$here/requirements.lock"
cp "$here/LICENSE" "$here/NOTICE" "$folder/"
cat >"$folder/luoshi" <<'TEXT'
#!/bin/sh
PYTHONUTF8=1 exec "$(dirname -- "$(readlink -f -- "$0")")/.venv/bin/python" -m luoshi "$@"
TEXT
chmod +x "$folder/luoshi"
echo "安装完成。命令在 $folder/luoshi"
echo "Installed. The command is $folder/luoshi"
