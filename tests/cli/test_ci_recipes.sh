# The recipes of docs/ci.md and the hook for pre-commit parse, name what there
# is, and the one for the shell runs on the sample articles.
set -u
. "${0%/*}/lib.sh"
python3 -c 'import yaml' 2>/dev/null || skip "python3-yaml is not here"

# The code blocks of a language, one file each.
blocks() {
    awk -v start="\`\`\`$1" -v name="$work/$1" '
        $0 == start { on = 1; n++; next }
        /^```$/ { on = 0 }
        on { print >(name n) }' "$SOURCE_DIR/docs/ci.md"
}
blocks sh
blocks yaml
expect "there are recipes" [ -s "$work/sh1" -a -s "$work/yaml1" ]

run sh -n "$work/sh1"
expect_status 0
cat >"$work/read.py" <<'PYTHON'
import sys
import yaml
hooks, workflow, config = (yaml.safe_load(open(path)) for path in sys.argv[1:])
needed = {"id", "name", "entry", "language"}
assert all(needed <= set(hook) for hook in hooks), "a hook lacks a key"
used = [hook["id"] for repo in config["repos"] for hook in repo["hooks"]]
assert set(used) <= {hook["id"] for hook in hooks}, "no such hook"
for job in workflow["jobs"].values():
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step), step
        if "helpdex " in step.get("run", ""):
            print(step["run"])
print(hooks[0]["entry"])
PYTHON
run python3 "$work/read.py" "$SOURCE_DIR/.pre-commit-hooks.yaml" \
    "$work/yaml1" "$work/yaml2"
expect_status 0
expect_output '^helpdex check kb --format github$'

# What the recipes run, the program knows.
grep -h '^helpdex ' "$work/out" "$work/sh1" >"$work/lines"
while read -r _ command rest; do
    if [ "$command" = check ] && ! "$HELPDEX" check --help >/dev/null 2>&1; then
        echo "helpdex check is not here: the recipes were not run"
        exit 0
    fi
    run "$HELPDEX" "$command" --help
    expect_status 0
    for word in $rest; do
        case $word in --*) expect_output "^  $word " ;; esac
    done
done <"$work/lines"

cp -r "$SOURCE_DIR/kb" "$work/kb"
mkdir "$work/bin"
ln -s "$HELPDEX" "$work/bin/helpdex"
cd "$work" || exit 1
run env PATH="$work/bin:$PATH" sh "$work/sh1"
expect_status 0
expect "the gate has written its page" [ -s gate.html ]
