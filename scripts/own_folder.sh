# Read by set_up.sh and clean.sh: is the folder of the virtual environment ours to empty?

# Put a path's slashes away: with one at its end, a link is looked through.
plain() {
    case $1 in
    *[!/]*) printf '%s' "$1" | sed 's:/*$::' ;;
    *) printf '/' ;;
    esac
}

# Say why a folder must not be emptied, and return 1; a new, an empty or a made one may.
ours() {
    if [ -L "$1" ]; then
        echo "$1 is a link to $(readlink "$1"); what lies behind it may be somebody's, so nothing was touched." >&2
        echo "Remove the link (rm $1), then give the command again; or name another folder: make VENV=…" >&2
        return 1
    fi
    [ -e "$1" ] || return 0
    if [ ! -d "$1" ]; then
        echo "$1 is a file and no folder, so nothing was touched." >&2
        echo "Move it away, then give the command again; or name another folder: make VENV=…" >&2
        return 1
    fi
    if [ ! -r "$1" ] || [ ! -x "$1" ]; then
        echo "The folder $1 cannot be read, so nothing was touched." >&2
        echo "Give it to whoever sets Greenroom up, or name another one: make VENV=…" >&2
        return 1
    fi
    stranger=$(strangers "$1")
    [ -n "$stranger" ] || return 0
    echo "$1 holds what no virtual environment does ($stranger), so nothing was touched." >&2
    echo "Move it away, then give the command again; or name another folder: make VENV=…" >&2
    return 1
}

# Name the first thing in a folder that making a virtual environment does not put there.
strangers() {
    for inside in "$1"/* "$1"/.[!.]* "$1"/..?*; do
        [ -e "$inside" ] || [ -L "$inside" ] || continue
        name=${inside##*/}
        case $name in
        pyvenv.cfg | .set-up | .gitignore | .lock | CACHEDIR.TAG) ;;
        bin | include | lib | lib64 | share | etc | man)
            # A half-made environment has these and no pyvenv.cfg yet; a stranger's has more in them.
            if [ ! -f "$1/pyvenv.cfg" ] && [ -n "$(stray "$inside")" ]; then
                echo "$name"
                return
            fi
            ;;
        *)
            echo "$name"
            return
            ;;
        esac
    done
}

# Name something in the part of a half-made environment that is not of its kind.
stray() {
    case ${1##*/} in
    lib64) [ -L "$1" ] || echo "$1" ;;
    lib | include) find "$1" -mindepth 1 -maxdepth 1 ! -name 'python3*' | head -n 1 ;;
    bin) find "$1" -mindepth 1 ! -name 'python*' ! -name 'activate*' ! -name 'Activate*' ! -name 'pip*' | head -n 1 ;;
    *) echo "$1" ;;
    esac
}
