/* SPDX-License-Identifier: BSD-2-Clause */
/* The template renderer: the language, and every kind of drift that it has to catch. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/template.h"

/* Renders text with data, which it frees, and compares. */
static void expect(const char *text, struct template_data *data, const char *wanted)
{
	struct strbuf out = {0};
	struct diag d = {0};
	int err = template_render_text("t.tmpl", text, strlen(text), data, &out, &d);

	assert_string_equal(d.text, "");
	assert_int_equal(err, 0);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
	template_data_free(data);
}

/* The same where it has to fail with that sentence, and to leave out alone. */
static void expect_failure(const char *text, struct template_data *data, const char *sentence)
{
	struct strbuf out = {0};
	struct diag d = {0};

	strbuf_puts(&out, "before");
	assert_int_equal(template_render_text("t.tmpl", text, strlen(text), data, &out, &d),
			 -EINVAL);
	assert_string_equal(d.text, sentence);
	assert_string_equal(strbuf_str(&out), "before");
	strbuf_free(&out);
	template_data_free(data);
}

static void expect_bad(const char *text, const char *sentence)
{
	struct diag d = {0};

	assert_int_equal(template_check("t.tmpl", text, strlen(text), &d), -EINVAL);
	assert_string_equal(d.text, sentence);
}

static struct template_data *one(const char *name, const char *value)
{
	struct template_data *data = template_data_new();

	template_set(data, name, value);
	return data;
}

static void values(void **state)
{
	struct template_data *data = one("a", "old");

	template_set(data, "a", "1");
	template_setf(data, "b_2", "%d%s", 2, "!");
	expect("%% names a b_2\n{{a}} and {{b_2}}{{a}}\nend", data, "1 and 2!1\nend");
	expect("", template_data_new(), "");
	expect("no names\n", template_data_new(), "no names\n");
	expect("%% names a\n{{a}}", one("a", ""), "");
}

/* A value is put in as it is, whatever it looks like; braces and percent signs are text. */
static void escaping(void **state)
{
	expect("%% names a\n<{{a}}>\n", one("a", "{{a}} %d\n%% if x\n\\"),
	       "<{{a}} %d\n%% if x\n\\>\n");
	expect("%% names a\n{ { 100%% } %s }}{{a}}\n", one("a", "x"), "{ { 100%% } %s }}x\n");
	expect("%% names a\n%a% {{a}}\n", one("a", "x"), "%a% x\n");
}

static void lists(void **state)
{
	struct template_data *data = one("sep", ",");
	struct template_data *x = template_add(data, "xs");

	template_set(x, "n", "1");
	template_set(template_add(x, "ys"), "m", "a");
	template_set(template_add(x, "ys"), "m", "b");
	x = template_add(data, "xs");
	template_set(x, "n", "2");
	template_list(x, "ys");
	expect("%% names sep xs[n ys[m]]\n"
	       "(\n"
	       "%% each xs\n"
	       "  {{n}}:\n"
	       "  %% each ys\n"
	       "    {{n}}{{m}}{{sep}}\n"
	       "  %% end\n"
	       "%% end\n"
	       ")\n",
	       data, "(\n  1:\n    1a,\n    1b,\n  2:\n)\n");

	data = template_data_new();
	template_list(data, "xs");
	expect("%% names xs[n]\n%% each xs\n{{n}}\n%% end\n.", data, ".");
}

/* The innermost list's name wins over one of the same name around it. */
static void shadowing(void **state)
{
	struct template_data *data = one("n", "outer");

	template_set(template_add(data, "xs"), "n", "inner");
	expect("%% names n xs[n]\n{{n}}\n%% each xs\n{{n}}\n%% end\n{{n}}\n", data,
	       "outer\ninner\nouter\n");
}

static void conditions(void **state)
{
	static const char text[] = "%% names f? v l[n]\n"
				   "%% if f\nF\n%% else\nf\n%% end\n"
				   "%% if !v\nv\n%% else\n%% if f\nV{{v}}\n%% end\n%% end\n"
				   "%% if l\n%% each l\n{{n}}\n%% end\n%% end\n";
	struct template_data *data = one("v", "x");

	template_flag(data, "f", true);
	template_set(template_add(data, "l"), "n", "1");
	expect(text, data, "F\nVx\n1\n");

	data = one("v", "");
	template_flag(data, "f", false);
	template_list(data, "l");
	expect(text, data, "f\nv\n");
}

static void comments(void **state)
{
	expect("%% # first\n%% names a\n%% # {{b}} is not looked at\nx\n  %%# y\n{{a}}\n",
	       one("a", "1"), "x\n1\n");
}

/* What fails the build. */
static void bad_templates(void **state)
{
	expect_bad("%% names a\n{{a}}\n{{b}}\n", "t.tmpl:3: unknown name 'b'");
	expect_bad("%% names a\n{{a}}{{A}}\n", "t.tmpl:2: unknown name 'A'");
	expect_bad("%% names xs[n]\n%% each xs\n{{n}}\n%% end\n{{n}}\n",
		   "t.tmpl:5: unknown name 'n'");
	expect_bad("%% if x\n%% end\n", "t.tmpl:1: unknown name 'x'");
	expect_bad("%% each x\n%% end\n", "t.tmpl:1: unknown name 'x'");
	expect_bad("%% names a b\n{{a}}\n", "t.tmpl: declares 'b' and does not use it");
	expect_bad("%% names l[a]\n%% each l\n%% end\n",
		   "t.tmpl: declares 'a' and does not use it");
	expect_bad("%% names a?\n{{a}}\n", "t.tmpl:2: 'a' is a flag and cannot be printed");
	expect_bad("%% names a[b]\n{{a}}\n", "t.tmpl:2: 'a' is a list and cannot be printed");
	expect_bad("%% names a\n%% each a\n%% end\n", "t.tmpl:2: 'a' is a value, not a list");
	expect_bad("%% names a a\n", "t.tmpl:1: 'a' is declared twice");
	expect_bad("%% names a\n%% names b[c c]\n", "t.tmpl:2: 'c' is declared twice");
	expect_bad("%% names a\n%% names a\n", "t.tmpl:2: 'a' is declared twice");
	expect_bad("%% names a[b\n", "t.tmpl:1: the list 'a' lacks its ']'");
	expect_bad("%% names a]\n", "t.tmpl:1: a ']' too many");
	expect_bad("%% names a-b\n", "t.tmpl:1: '-' in a list of names");
	expect_bad("x\n{{ a }}\n", "t.tmpl:2: '{{' without a name and '}}' after it");
	expect_bad("{{", "t.tmpl:1: '{{' without a name and '}}' after it");
	expect_bad("%% names a\n{{a}", "t.tmpl:2: '{{' without a name and '}}' after it");
	expect_bad("%% names a\n%% if a\n", "t.tmpl:2: '%% if a' lacks its '%% end'");
	expect_bad("%% names a\n%% if a\n%% else\n%% else\n%% end\n",
		   "t.tmpl:2: '%% if a' lacks its '%% end'");
	expect_bad("%% names a[b]\n%% each a\n%% else\n",
		   "t.tmpl:2: '%% each a' lacks its '%% end'");
	expect_bad("x\n%% end\n", "t.tmpl:2: '%% end' without an 'if' or 'each'");
	expect_bad("%% else\n", "t.tmpl:1: '%% else' without an 'if' or 'each'");
	expect_bad("x\n%% edn\n", "t.tmpl:2: '%% edn' means nothing");
	expect_bad("x\n%% names a\n", "t.tmpl:2: '%% names a' means nothing");
	expect_bad("%% names a\n%% if a b\n%% end\n", "t.tmpl:2: 'b' is too much");
	expect_bad("%% if\n", "t.tmpl:1: a name is missing");
}

/* What the text of a template and the code that fills it can disagree about. */
static void drift(void **state)
{
	struct template_data *data;

	expect_failure("%% names a\n{{a}}\n", template_data_new(),
		       "t.tmpl: the name 'a' was not set");
	expect_failure("x\n", one("a", "1"), "t.tmpl: unknown name 'a'");
	expect_failure("%% names a?\n%% if a\n%% end\n", one("a", "1"),
		       "t.tmpl: 'a' is a flag, but was set as a value");

	data = template_data_new();
	template_set(template_add(data, "l"), "x", "1");
	expect_failure("%% names l[n]\n%% each l\n{{n}}\n%% end\n", data,
		       "t.tmpl: unknown name 'x'");

	data = template_data_new();
	template_add(data, "l");
	expect_failure("%% names l[n]\n%% each l\n{{n}}\n%% end\n", data,
		       "t.tmpl: the name 'n' was not set");

	data = one("a", "1");
	template_flag(data, "a", true);
	expect_failure("%% names a\n{{a}}\n", data, "t.tmpl: 'a' was set as two kinds of thing");
}

/* Numbers, and values that are not copied. */
static void large_values(void **state)
{
	static const char text[] = "%% names n v t\n{{n}} {{v}} {{t}}\n";
	struct template_data *data = template_data_new();
	struct strbuf out = {0}, large = {0};

	template_set_number(data, "n", 0);
	template_set_number(data, "v", UINT64_MAX);
	strbuf_puts(&large, "ab");
	template_refer(data, "t", &large);
	assert_int_equal(template_render_text("t.tmpl", text, strlen(text), data, &out, NULL), 0);
	assert_string_equal(strbuf_str(&out), "0 18446744073709551615 ab\n");
	large.failed = true;
	template_refer(data, "t", &large);
	assert_int_equal(template_render_text("t.tmpl", text, strlen(text), data, &out, NULL),
			 -ENOMEM);
	template_refer(NULL, "t", &large);
	template_set_number(NULL, "v", 1);
	template_data_free(data);
	strbuf_free(&out);
	strbuf_free(&large);
}

static void not_embedded(void **state)
{
	struct strbuf out = {0};
	struct diag d = {0};
	struct template_data *data = template_data_new();

	assert_int_equal(template_render("no.such.tmpl", data, &out, &d), -ENOENT);
	assert_string_equal(d.text, "no template is called 'no.such.tmpl'");
	template_data_free(data);
	strbuf_free(&out);
}

static void no_memory(void **state)
{
	struct strbuf out = {0};
	struct diag d = {0};

	template_set(NULL, "a", "1");
	template_setf(NULL, "a", "%d", 1);
	template_flag(NULL, "a", true);
	template_list(NULL, "a");
	assert_null(template_add(NULL, "a"));
	template_data_free(NULL);
	assert_int_equal(template_render_text("t.tmpl", "", 0, NULL, &out, &d), -ENOMEM);
	strbuf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),        cmocka_unit_test(escaping),
		cmocka_unit_test(lists),         cmocka_unit_test(shadowing),
		cmocka_unit_test(conditions),    cmocka_unit_test(comments),
		cmocka_unit_test(bad_templates), cmocka_unit_test(drift),
		cmocka_unit_test(large_values),  cmocka_unit_test(not_embedded),
		cmocka_unit_test(no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
