/* SPDX-License-Identifier: BSD-2-Clause */
#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bindgen/bindings.h"
#include "btfgen/cheader.h"
#include "btfgen/layout.h"
#include "layoutgen/assert.h"
#include "layoutgen/compare.h"
#include "layoutgen/json.h"
#include "layoutgen/text.h"
#include "skelgen/skeleton.h"
#include "skelgen/subskeleton.h"
#include "witgen/wit.h"

void fuzz_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("fuzz: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}

void fuzz_check_failure(int err, const struct diag *d)
{
	if (err >= 0 || err != d->err)
		fuzz_fail("result %d, and the diag says %d: %s", err, d->err, d->text);
	if (!*d->text)
		fuzz_fail("result %d without a word", err);
	if (getenv("FUZZ_PRINT"))
		printf("---- failure\n%s\n", d->text);
	for (const unsigned char *c = (const void *)d->text; *c; c++)
		if (*c < ' ' || *c == 0x7f)
			fuzz_fail("a control character (%u) in: %s", *c, d->text);
}

const char *fuzz_file(unsigned number, const uint8_t *data, size_t size)
{
	static int fds[2] = {-1, -1};
	static char paths[2][40];
	int *fd = &fds[number];

	if (*fd < 0) {
		*fd = memfd_create("fuzz", MFD_CLOEXEC);
		snprintf(paths[number], sizeof(paths[number]), "/proc/self/fd/%d", *fd);
	}
	if (*fd < 0 || ftruncate(*fd, 0) || pwrite(*fd, data, size, 0) != (ssize_t)size)
		fuzz_fail("cannot write the input to memory");
	return paths[number];
}

static void check_layouts(const struct model *m)
{
	struct layout *l;
	struct diag d = {0};

	if (layout_new(m, &l, &d))
		fuzz_fail("no layout: %s", d.text);
	for (uint32_t id = 1; id < model_count(m); id++) {
		enum type_kind kind = model_type(m, id)->kind;
		if (kind != TYPE_STRUCT && kind != TYPE_UNION && kind != TYPE_DATASEC)
			continue;
		const struct record *r;
		d = (struct diag){0};
		int err = layout_record(l, id, &r, &d);
		if (err)
			fuzz_check_failure(err, &d);
		else if (layout_check(l, r, &d))
			fuzz_fail("type %u: %s", id, d.text);
	}
	layout_free(l);
}

/* An emitter, as far as they are alike. */
typedef int emit_fn(const struct object *o, struct strbuf *out, struct diag *d);

static const struct select_options everything = {.size = sizeof(everything), .all = true};

static int emit_header(const struct object *o, struct strbuf *out, struct diag *d)
{
	return cheader_emit(o, NULL, out, d);
}

static int emit_whole_header(const struct object *o, struct strbuf *out, struct diag *d)
{
	return cheader_emit(o, &everything, out, d);
}

static int emit_skeleton(const struct object *o, struct strbuf *out, struct diag *d)
{
	return skeleton_emit(o, NULL, out, d);
}

static int emit_subskeleton(const struct object *o, struct strbuf *out, struct diag *d)
{
	return subskeleton_emit(o, out, d);
}

static int emit_wit(const struct object *o, struct strbuf *out, struct diag *d)
{
	const struct wit_options options = {
		.size = sizeof(options), .select = everything, .bytes = o->map_count & 1};

	return wit_emit(o, &options, out, d);
}

static int emit_decoder(const struct object *o, struct strbuf *out, struct diag *d)
{
	const struct wit_options options = {.size = sizeof(options), .select = everything};

	return wit_decoder_emit(o, &options, out, d);
}

static int emit_bindings(const struct object *o, enum binding_language language, bool skeleton,
			 struct strbuf *out, struct diag *d)
{
	const struct bindings_options options = {
		.size = sizeof(options),
		.select = everything,
		.language = language,
		.skeleton = skeleton,
	};

	return bindings_emit(o, &options, out, d);
}

static int emit_rust(const struct object *o, struct strbuf *out, struct diag *d)
{
	return emit_bindings(o, BINDINGS_RUST, false, out, d);
}

static int emit_go(const struct object *o, struct strbuf *out, struct diag *d)
{
	return emit_bindings(o, BINDINGS_GO, false, out, d);
}

static int emit_rust_skeleton(const struct object *o, struct strbuf *out, struct diag *d)
{
	return emit_bindings(o, BINDINGS_RUST, true, out, d);
}

static int make_shape(const struct object *o, struct shape **ret, struct diag *d)
{
	const struct shape_options options = {.size = sizeof(options), .all = true};

	return shape_make(o, &options, ret, d);
}

static int emit_text(const struct object *o, struct strbuf *out, struct diag *d)
{
	struct shape *s;

	int err = make_shape(o, &s, d);
	if (!err)
		err = text_write(s, out, d);
	shape_free(s);
	return err;
}

static int emit_json(const struct object *o, struct strbuf *out, struct diag *d)
{
	struct shape *s;

	int err = make_shape(o, &s, d);
	if (!err)
		err = json_write(s, out, d);
	shape_free(s);
	return err;
}

static int emit_assert(const struct object *o, struct strbuf *out, struct diag *d)
{
	struct shape *s;

	int err = make_shape(o, &s, d);
	if (!err)
		err = assert_write(o, s, out, d);
	shape_free(s);
	return err;
}

static bool is_equal(const struct strbuf *a, const struct strbuf *b)
{
	return a->len == b->len && (!a->len || !memcmp(a->data, b->data, a->len));
}

/* What steers terminals, or ends a line that was not meant to end, must not get out. */
static void check_text(const char *what, const struct strbuf *out)
{
	for (size_t i = 0; i < out->len; i++) {
		unsigned char c = (unsigned char)out->data[i];
		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f)
			fuzz_fail("%s writes a control character (%u) at %zu:\n%s", what, c, i,
				  strbuf_str(out));
	}
}

static void check_emitter(const char *what, emit_fn *emit, const struct object *o)
{
	struct strbuf out[2] = {{0}, {0}};
	struct diag d[2] = {{0}, {0}};
	int err[2];

	for (int i = 0; i < 2; i++) {
		err[i] = emit(o, &out[i], &d[i]);
		if (err[i])
			fuzz_check_failure(err[i], &d[i]);
	}
	if (err[0] != err[1] || strcmp(d[0].text, d[1].text))
		fuzz_fail("%s is not deterministic: %s; %s", what, d[0].text, d[1].text);
	if (!err[0]) {
		if (!is_equal(&out[0], &out[1]))
			fuzz_fail("%s is not deterministic", what);
		check_text(what, &out[0]);
	}
	if (!err[0] && getenv("FUZZ_PRINT"))
		printf("---- %s\n%s", what, strbuf_str(&out[0]));
	strbuf_free(&out[0]);
	strbuf_free(&out[1]);
}

static void write_json(const struct shape *s, struct strbuf *out)
{
	struct diag d = {0};

	if (json_write(s, out, &d))
		fuzz_fail("no JSON: %s", d.text);
}

static struct shape *read_back(const struct shape *s, struct strbuf *text)
{
	struct shape *back;
	struct diag d = {0};

	strbuf_free(text);
	write_json(s, text);
	if (json_read("layout.json", text, &back, &d))
		fuzz_fail("our JSON is refused: %s\n%s", d.text, strbuf_str(text));
	return back;
}

/* Twice, as reading leaves out the holes. */
void fuzz_check_json(const struct shape *s)
{
	struct strbuf first = {0}, second = {0}, changes = {0};
	struct comparison c;
	struct diag d = {0};

	struct shape *once = read_back(s, &first);
	struct shape *twice = read_back(once, &first);
	write_json(twice, &second);
	if (!is_equal(&first, &second))
		fuzz_fail("JSON read back is different:\n%s\n%s", strbuf_str(&first),
			  strbuf_str(&second));
	if (compare_shapes(s, twice, true, &changes, &c, &d))
		fuzz_fail("cannot compare: %s", d.text);
	if (c.verdict != VERDICT_SAME || c.changed || changes.len)
		fuzz_fail("a layout differs from itself: %s", strbuf_str(&changes));
	strbuf_free(&first);
	strbuf_free(&second);
	strbuf_free(&changes);
	shape_free(once);
	shape_free(twice);
}

static void check_shape(const struct object *o)
{
	struct shape *s;
	struct diag d = {0};

	if (!make_shape(o, &s, &d))
		fuzz_check_json(s);
	shape_free(s);
}

void fuzz_check_object(const struct object *o)
{
	struct diag d = {0};

	if (model_check(o->model, &d))
		fuzz_fail("accepted, but not sound: %s", d.text);
	check_layouts(o->model);
	check_emitter("header", emit_header, o);
	check_emitter("header --all", emit_whole_header, o);
	if (o->is_bpf)
		check_emitter("skeleton", emit_skeleton, o);
	check_emitter("subskeleton", emit_subskeleton, o);
	check_emitter("wit", emit_wit, o);
	check_emitter("wit-decoder", emit_decoder, o);
	check_emitter("rust", emit_rust, o);
	check_emitter("go", emit_go, o);
	check_emitter("rust --skeleton", emit_rust_skeleton, o);
	check_emitter("layout", emit_text, o);
	check_emitter("layout --format json", emit_json, o);
	check_emitter("assert", emit_assert, o);
	check_shape(o);
}

void fuzz_read(const char *path, const struct object_options *options)
{
	struct object *o;
	struct diag d = {0};

	int err = object_read(path, options, &o, &d);
	if (err)
		fuzz_check_failure(err, &d);
	else
		fuzz_check_object(o);
	object_free(o);
}
