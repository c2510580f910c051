/* SPDX-License-Identifier: BSD-2-Clause */
/* Layouts as JSON, and what changed from one to another. The input: two texts, a NUL between. */
#include <string.h>

#include "fuzz.h"
#include "layoutgen/compare.h"
#include "layoutgen/json.h"

static struct shape *read_text(const uint8_t *data, size_t size)
{
	struct strbuf text = {0};
	struct shape *s = NULL;
	struct diag d = {0};

	strbuf_add(&text, data, size);
	int err = json_read("layout.json", &text, &s, &d);
	if (err)
		fuzz_check_failure(err, &d);
	strbuf_free(&text);
	return s;
}

static void compare(const struct shape *old, const struct shape *new)
{
	struct strbuf changes = {0};
	struct comparison c;
	struct diag d = {0};

	int err = compare_shapes(old, new, true, &changes, &c, &d);
	if (err)
		fuzz_check_failure(err, &d);
	else if ((c.verdict == VERDICT_SAME) != (!c.changed && !c.other_order) ||
		 (c.verdict == VERDICT_BROKEN) != (c.broken || c.other_order) ||
		 c.broken > c.changed || (!c.changed && !c.other_order) != !changes.len)
		fuzz_fail("verdict %d, %zu changed, %zu broken:\n%s", c.verdict, c.changed,
			  c.broken, strbuf_str(&changes));
	strbuf_free(&changes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t first = nul ? (size_t)(nul - data) : size;
	struct shape *a = read_text(data, first);
	struct shape *b = nul ? read_text(nul + 1, size - first - 1) : NULL;

	if (a)
		fuzz_check_json(a);
	if (a && b) {
		compare(a, b);
		compare(b, a);
	}
	shape_free(a);
	shape_free(b);
	return 0;
}
