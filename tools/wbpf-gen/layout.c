/* SPDX-License-Identifier: BSD-2-Clause */
/* layout, check, diff, assert. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "generate.h"
#include "layoutgen/assert.h"
#include "layoutgen/compare.h"
#include "layoutgen/json.h"
#include "layoutgen/text.h"

/* Exit statuses of check and diff: what they found must not be taken for a failure. */
enum { EXIT_DIFFERS = 1, EXIT_NOT_COMPARED = 3 };

/* A kernel's layout has some tens of megabytes. */
enum { MAX_LAYOUT = 256 << 20 };

#define OPTION_ONLY                                                                                \
	{"type", 't', "TYPE",                                                                      \
	 "Takes this type (\"event\", \"struct event\") and what it contains, and only what is "   \
	 "named so. May be repeated. Otherwise those that the object's maps and global "           \
	 "variables use.",                                                                         \
	 add_type}

const struct cli_option layout_options[] = {
	{"format", 'f', "FORMAT", "text (for people) or json (for programs). Default: text.",
	 set_format},
	OPTION_OUTPUT,
	OPTION_DEPFILE,
	OPTION_ONLY,
	OPTION_ALL,
	OPTION_BASE,
	OPTION_CLANG,
	{0},
};

const struct cli_option assert_options[] = {
	OPTION_OUTPUT, OPTION_DEPFILE, OPTION_NAME,  OPTION_ONLY,
	OPTION_ALL,    OPTION_BASE,    OPTION_CLANG, {0},
};

const struct cli_option check_command_options[] = {OPTION_BASE, OPTION_CLANG, {0}};
const struct cli_option diff_options[] = {OPTION_ONLY, OPTION_ALL, OPTION_BASE, OPTION_CLANG, {0}};

static int make_shape(const struct object *object, const struct options *o, struct shape **ret,
		      struct diag *d)
{
	const struct shape_options options = {
		.size = sizeof(options),
		.types = o->types,
		.all = o->all,
	};

	return shape_make(object, &options, ret, d);
}

static int emit_layout(const struct object *object, const struct options *o, struct strbuf *out,
		       struct diag *d)
{
	struct shape *s;

	int err = make_shape(object, o, &s, d);
	/* An empty layout would be a check that nothing fails. */
	if (!err && shape_is_empty(s))
		err = o->all ? diag_fail(d, ENOENT, "%s: has no types that have a name",
					 object->path)
			     : diag_fail(d, ENOENT,
					 "%s: its maps and global variables use no type that has a "
					 "name: name types with --type, or take all with --all",
					 object->path);
	if (!err)
		err = o->format && !strcmp(o->format, "json") ? json_write(s, out, d)
							      : text_write(s, out, d);
	shape_free(s);
	return err;
}

static int emit_assert(const struct object *object, const struct options *o, struct strbuf *out,
		       struct diag *d)
{
	struct shape *s;

	int err = make_shape(object, o, &s, d);
	if (!err)
		err = assert_write(object, s, out, d);
	shape_free(s);
	return err;
}

int run_layout(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_layout, d);
}

int run_assert(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_assert, d);
}

/* One side of a comparison: an object, or a layout that was read. */
struct side {
	const char *path;
	struct object *object; /* NULL: it was a layout */
	struct shape *shape;
};

static void side_free(struct side *s)
{
	object_free(s->object);
	shape_free(s->shape);
}

/* The names of a layout's types, NULL-ended; free() it. NULL: out of memory. */
static const char **names_of(const struct shape *s)
{
	const char **names = calloc(s->type_count + 1, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; names && i < s->type_count; i++)
		if (s->types[i].number == 1 && strcmp(s->types[i].kind, "section"))
			names[count++] = s->types[i].key;
	return names;
}

/* types, which may be NULL, are looked for in the debug information, too. */
static int read_object(struct side *s, const struct options *o, const char *const *types,
		       struct diag *d)
{
	const struct object_options read = {
		.size = sizeof(read),
		.keep_btf = true,
		.types = types,
		.base = o->base,
		.all = true, /* a type that moved to what a header includes is still there */
		.clang = clang_of(o),
		.clang_args = o->clang_args,
	};

	return object_read(s->path, &read, &s->object, d);
}

/* Reads an object that is compared with a layout. */
static int read_for(struct side *s, const struct options *o, const struct shape *layout,
		    struct diag *d)
{
	const char **names = names_of(layout);

	int err = names ? read_object(s, o, names, d) : diag_fail(d, ENOMEM, "out of memory");
	free(names);
	return err;
}

static int refuse_empty(const struct side *layout, struct diag *d)
{
	return diag_fail(d, EINVAL, "%s: a layout without types: nothing to compare", layout->path);
}

static int check(const struct options *o, struct side *old, struct side *new, struct strbuf *out,
		 struct comparison *ret, struct diag *d)
{
	struct strbuf file = {0};

	int err = file_read(old->path, MAX_LAYOUT, &file, d);
	if (!err)
		err = json_read(old->path, &file, &old->shape, d);
	strbuf_free(&file);
	if (!err && shape_is_empty(old->shape))
		err = refuse_empty(old, d);
	if (!err)
		err = read_for(new, o, old->shape, d);
	const struct shape_options like = {
		.size = sizeof(like),
		.like = old->shape,
		.only_like = true,
	};
	if (!err)
		err = shape_make(new->object, &like, &new->shape, d);
	return err ? err : compare_shapes(old->shape, new->shape, false, out, ret, d);
}

/* "the byte order and 2 types" */
static void add_what(const struct comparison *c, struct strbuf *out)
{
	if (c->other_order)
		strbuf_puts(out, "the byte order");
	if (c->other_order && c->changed)
		strbuf_puts(out, " and ");
	if (c->changed || !c->other_order)
		strbuf_printf(out, "%zu type%s", c->changed, c->changed == 1 ? "" : "s");
}

static int report(const struct side *old, const struct side *new, const struct comparison *c,
		  const struct strbuf *lines, struct diag *d)
{
	struct strbuf out = {0};

	if (c->verdict != VERDICT_SAME) {
		strbuf_printf(&out, "%s differs from %s in ", new->path, old->path);
		add_what(c, &out);
		strbuf_printf(&out, ":\n%s", strbuf_str(lines));
	}
	int err = strbuf_error(&out) ? diag_fail(d, ENOMEM, "out of memory") : 0;
	if (!err)
		err = file_write(NULL, &out, d);
	strbuf_free(&out);
	return err;
}

int run_check(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	struct side old = {.path = argv[0]}, new = {.path = argv[1]};
	struct comparison c = {0};
	struct strbuf lines = {0};

	*ret_exit = EXIT_NOT_COMPARED;
	int err = check(options, &old, &new, &lines, &c, d);
	if (!err)
		err = report(&old, &new, &c, &lines, d);
	if (!err)
		*ret_exit = c.verdict == VERDICT_SAME ? 0 : EXIT_DIFFERS;
	strbuf_free(&lines);
	side_free(&old);
	side_free(&new);
	return err;
}

/* Reads a layout; leaves an object for later, when it is known what is looked for in it. */
static int read_side(struct side *s, bool *ret_object, struct diag *d)
{
	struct strbuf file = {0};

	*ret_object = true;
	if (object_is_header(s->path))
		return 0;
	int err = file_read(s->path, 0, &file, d);
	bool is_layout = !err && json_is_meant(&file);
	if (is_layout && file.len > MAX_LAYOUT)
		err = diag_fail(d, EFBIG, "%s: too large for a layout", s->path);
	else if (is_layout)
		err = json_read(s->path, &file, &s->shape, d);
	strbuf_free(&file);
	*ret_object = !is_layout;
	return err;
}

/* Makes the shape of an object, again when there is one already. */
static int choose(struct side *s, const struct shape_options *options, struct diag *d)
{
	struct shape *shape;

	int err = shape_make(s->object, options, &shape, d);
	if (err)
		return err;
	shape_free(s->shape);
	s->shape = shape;
	return 0;
}

/* Reads an object that is compared like a layout: by what the options choose of it. */
static int make_layout(struct side *s, const struct options *o, bool *ret_object, struct diag *d)
{
	const struct shape_options options = {
		.size = sizeof(options),
		.types = o->types,
		.all = o->all,
	};

	*ret_object = false;
	int err = read_object(s, o, o->types, d);
	return err ? err : choose(s, &options, d);
}

static int choose_like(struct side *s, const struct side *other, struct diag *d)
{
	const struct shape_options like = {
		.size = sizeof(like),
		.like = other->shape,
		.only_like = true,
	};

	return choose(s, &like, d);
}

/*
 * Which types of two objects take part: what the options choose of the old one, and these of the
 * new one; without --type also what the options choose of the new one. So a type that one side only
 * uses otherwise is neither new nor gone.
 */
static int choose_both(const struct options *o, struct side *old, struct side *new, struct diag *d)
{
	struct shape_options options = {
		.size = sizeof(options),
		.types = o->types,
		.all = o->all,
	};

	int err = choose(old, &options, d);
	if (!err && o->types && !o->all)
		return choose_like(new, old, d);
	options.types = NULL;
	options.like = old->shape;
	if (!err)
		err = choose(new, &options, d);
	struct shape *before = old->shape;
	options.like = new->shape;
	old->shape = NULL;
	if (!err)
		err = choose(old, &options, d);
	shape_free(before);
	return err;
}

/* That nothing changed in nothing would be taken for good news. */
static int refuse_nothing(const struct side *old, const struct side *new, struct diag *d)
{
	bool objects = old->object && new->object;

	if (!shape_is_empty(old->shape) || !shape_is_empty(new->shape))
		return 0;
	/* Of an object only what the layout has takes part. */
	if (!objects && (old->object || new->object))
		return refuse_empty(old->object ? new : old, d);
	return diag_fail(d, ENOENT, "neither %s nor %s has types to compare%s", old->path,
			 new->path,
			 objects ? ": name types with --type, or take all with --all" : "");
}

static int diff(const struct options *o, struct side *old, struct side *new, struct strbuf *out,
		struct comparison *ret, struct diag *d)
{
	bool old_object, new_object;

	int err = read_side(old, &old_object, d);
	if (!err)
		err = read_side(new, &new_object, d);
	if (err)
		return err;
	if ((o->types || o->all) && (!old_object || !new_object))
		return diag_fail(d, EINVAL,
				 "%s: --type and --all choose among the types of an object, and "
				 "this is a layout, which has its own",
				 old_object ? new->path : old->path);
	/* What a header declares is looked for in an object, and not what the object's maps use. */
	if (old_object && new_object && object_is_header(old->path) != object_is_header(new->path))
		err = object_is_header(old->path) ? make_layout(old, o, &old_object, d)
						  : make_layout(new, o, &new_object, d);
	if (!err && old_object)
		err = new->shape ? read_for(old, o, new->shape, d)
				 : read_object(old, o, o->types, d);
	if (!err && new_object)
		err = old->shape ? read_for(new, o, old->shape, d)
				 : read_object(new, o, o->types, d);
	if (err)
		return err;
	if (old_object && new_object)
		err = choose_both(o, old, new, d);
	else if (old_object || new_object)
		err = old_object ? choose_like(old, new, d) : choose_like(new, old, d);
	if (!err)
		err = refuse_nothing(old, new, d);
	return err ? err : compare_shapes(old->shape, new->shape, true, out, ret, d);
}

static void add_summary(const struct comparison *c, struct strbuf *out)
{
	if (c->verdict == VERDICT_SAME)
		return;
	add_what(c, out);
	strbuf_puts(out, " changed; a reader built for the old layout misreads ");
	if (c->other_order)
		strbuf_puts(out, "all types\n");
	else
		strbuf_printf(out, "or misses %zu\n", c->broken);
}

int run_diff(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	struct side old = {.path = argv[0]}, new = {.path = argv[1]};
	struct comparison c = {0};
	struct strbuf lines = {0};

	*ret_exit = EXIT_NOT_COMPARED;
	int err = diff(options, &old, &new, &lines, &c, d);
	if (!err) {
		add_summary(&c, &lines);
		err = strbuf_error(&lines) ? diag_fail(d, ENOMEM, "out of memory") : 0;
	}
	if (!err)
		err = file_write(NULL, &lines, d);
	if (!err)
		*ret_exit = c.verdict == VERDICT_BROKEN ? EXIT_DIFFERS : 0;
	strbuf_free(&lines);
	side_free(&old);
	side_free(&new);
	return err;
}
