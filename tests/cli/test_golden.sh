# The golden queries of the sample knowledge base: none of them finds its
# article later than kb/queries/baseline.json has on record. Who makes more of
# them find it saves a new one: helpdex gate kb --save.
set -u
. "${0%/*}/lib.sh"

"$HELPDEX" index "$SOURCE_DIR/kb" --index "$work/ix" --quiet ||
    fail "the sample knowledge base was not indexed"
cd "$SOURCE_DIR" || exit 1
run "$HELPDEX" gate --index "$work/ix"
cat "$work/out"
expect_status 0
expect_no_error
for golden in kb/queries/*.tsv; do
    expect_output "^$(basename "$golden" .tsv) +[0-9]+  [01]\.[0-9]+ "
done
