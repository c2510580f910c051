/* SPDX-License-Identifier: BSD-2-Clause */
/* Layouts by themselves: made from a model, as JSON and back, what is no layout, and each rule of
 * who can still read what. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "layoutgen/compare.h"
#include "layoutgen/json.h"
#include "layoutgen/shape.h"
#include "layoutgen/text.h"
#include "types.h"

/* The shape of all types of a model, which is freed. */
static struct shape *make(struct model *m)
{
	const struct object o = {
		.path = "x", .file = "x", .name = "x", .model = m, .first_type = 1};
	const struct shape_options all = {.size = sizeof(all), .all = true};
	struct diag d = {0};
	struct shape *s;

	model_check(m, &d);
	assert_string_equal(d.text, "");
	shape_make(&o, &all, &s, &d);
	assert_string_equal(d.text, "");
	model_free(m);
	return s;
}

/* As JSON; free() it. */
static char *write_json(const struct shape *s)
{
	struct strbuf out = {0};

	assert_int_equal(json_write(s, &out, NULL), 0);
	return strbuf_detach(&out);
}

static struct shape *read_json(const char *text)
{
	struct strbuf file = {0};
	struct diag d = {0};
	struct shape *s;

	strbuf_puts(&file, text);
	assert_true(json_is_meant(&file));
	json_read("f", &file, &s, &d);
	assert_string_equal(d.text, "");
	strbuf_free(&file);
	return s;
}

/* The verdict; lines is where what changed is appended, or NULL. */
static enum verdict compare(const struct shape *old, const struct shape *new, struct strbuf *lines)
{
	struct strbuf none = {0};
	struct comparison c;

	assert_int_equal(compare_shapes(old, new, true, lines ? lines : &none, &c, NULL), 0);
	strbuf_free(&none);
	return c.verdict;
}

/* A model with something of everything. */
static struct model *everything(unsigned pointer_size)
{
	struct model *m = model_new(pointer_size, false);
	uint32_t i = add_int(m, "int", 4, true), c = add_int(m, "char", 1, true);
	uint32_t u = add_int(m, "unsigned int", 4, false);
	uint32_t l = add_int(m, "long int", pointer_size, true);
	uint32_t b = model_add(m, &(struct type){.kind = TYPE_INT,
						 .name = "_Bool",
						 .size = 1,
						 .int_bits = 8,
						 .is_bool = true});
	uint32_t f = model_add(m, &(struct type){.kind = TYPE_FLOAT, .name = "float", .size = 4});
	uint32_t x =
		model_add(m, &(struct type){.kind = TYPE_FLOAT, .name = "long double", .size = 16});
	uint32_t e = model_add(
		m,
		&(struct type){.kind = TYPE_ENUM,
			       .name = "color",
			       .size = 4,
			       .is_signed = true,
			       .values = (struct enumerator[]){{"RED", 0}, {"NONE", (uint64_t)-1}},
			       .count = 2});
	uint32_t big =
		model_add(m, &(struct type){.kind = TYPE_ENUM,
					    .size = 8,
					    .values = (struct enumerator[]){{"TOP", UINT64_MAX}},
					    .count = 1});
	uint32_t pair = STRUCT(m, NULL, 8, {"x", i, 0, 0}, {"y", i, 32, 0});
	uint32_t pair_t = add_to(m, TYPE_TYPEDEF, "pair_t", pair);
	uint32_t row_t = add_to(m, TYPE_TYPEDEF, "row_t", add_array(m, c, 16));
	uint32_t inner = STRUCT(m, "inner", 4, {"a", i, 0, 0});
	uint32_t other = STRUCT(m, "inner", 8, {"a", l, 0, 0});
	uint32_t anonymous = UNION(m, NULL, 4, {"u", u, 0, 0}, {"bits", u, 0, 7});
	uint32_t deep = STRUCT(m, NULL, 8, {NULL, anonymous, 0, 0}, {"in", inner, 32, 0});

	STRUCT(m, "all", 160, {"flag", b, 0, 0}, {"low", u, 8, 3}, {"high", u, 12, 4},
	       {"p", add_to(m, TYPE_PTR, NULL, inner), 64, 0}, {NULL, deep, 128, 0},
	       {"named", deep, 192, 0}, {"pairs", add_array(m, pair_t, 2), 256, 0},
	       {"grid", add_array(m, add_array(m, f, 3), 2), 384, 0}, {"row", row_t, 576, 0},
	       {"e", e, 704, 0}, {"wide", x, 768, 0}, {"big", big, 896, 0}, {"o", other, 960, 0},
	       {"rest", add_array(m, i, 0), 1280, 0});
	return m;
}

/* Without lines and tabs, and with quotes that need no escaping. */
static void simplify(char *json)
{
	char *to = json;

	for (const char *c = json; *c; c++)
		if (*c != '\n' && *c != '\t')
			*to++ = (char)(*c == '"' ? '\'' : *c);
	*to = '\0';
}

/* What README.md documents, and nothing else. */
static void written(void **state)
{
	static const char wanted[] =
		"{'wbpf_layout':1,'byte_order':'little','pointer_size':8,'types':["
		"{'is':'enum','name':'color','size':4,'align':4,'signed':true,'values':["
		"{'name':'RED','value':'0'},{'name':'NONE','value':'-1'}]},"
		"{'is':'struct','name':'all','size':160,'align':8,'fields':["
		"{'name':'flag','offset':0,'size':1,'type':'_Bool','kind':'bool'},"
		"{'name':'low','offset':1,'bit':0,'bits':3,'type':'unsigned int',"
		"'kind':'unsigned'},"
		"{'name':'high','offset':1,'bit':4,'bits':4,'type':'unsigned int',"
		"'kind':'unsigned'},"
		"{'name':'p','offset':8,'size':8,'type':'struct inner *',"
		"'kind':'pointer'},"
		"{'name':'','offset':16,'size':8,'type':'struct {...}','kind':'struct',"
		"'fields':["
		"{'name':'','offset':16,'size':4,'type':'union {...}','kind':'union',"
		"'fields':[{'name':'u','offset':16,'size':4,'type':'unsigned int',"
		"'kind':'unsigned'},"
		"{'name':'bits','offset':16,'bit':0,'bits':7,'type':'unsigned int',"
		"'kind':'unsigned'}]},"
		"{'name':'in','offset':20,'size':4,'type':'struct inner','kind':'struct',"
		"'of':'struct inner'}]},"
		"{'name':'named','offset':24,'size':8,'type':'struct {...}',"
		"'kind':'struct','fields':["
		"{'name':'','offset':24,'size':4,'type':'union {...}','kind':'union',"
		"'fields':[{'name':'u','offset':24,'size':4,'type':'unsigned int',"
		"'kind':'unsigned'},"
		"{'name':'bits','offset':24,'bit':0,'bits':7,'type':'unsigned int',"
		"'kind':'unsigned'}]},"
		"{'name':'in','offset':28,'size':4,'type':'struct inner','kind':'struct',"
		"'of':'struct inner'}]},"
		"{'name':'pairs','offset':32,'size':16,'type':'pair_t[2]',"
		"'kind':'struct','of':'pair_t','array':[2]},"
		"{'name':'grid','offset':48,'size':24,'type':'float[2][3]',"
		"'kind':'float','array':[2,3]},"
		"{'name':'row','offset':72,'size':16,'type':'row_t','kind':'char',"
		"'array':[16]},"
		"{'name':'e','offset':88,'size':4,'type':'enum color','kind':'enum',"
		"'signed':true,'of':'enum color'},"
		"{'name':'wide','offset':96,'size':16,'type':'long double',"
		"'kind':'bytes'},"
		"{'name':'big','offset':112,'size':8,'type':'enum {...}','kind':'enum',"
		"'values':[{'name':'TOP','value':'18446744073709551615'}]},"
		"{'name':'o','offset':120,'size':8,'type':'struct inner','kind':'struct',"
		"'of':'struct inner#2'},"
		"{'name':'rest','offset':160,'size':0,'type':'int[0]','kind':'signed',"
		"'array':[0],'element':4}],'holes':[{'offset':1,'bit':3,'bits':1},"
		"{'offset':2,'size':6},{'offset':92,'size':4},{'offset':128,'size':32}]},"
		"{'is':'struct','name':'inner','size':4,'align':4,'fields':["
		"{'name':'a','offset':0,'size':4,'type':'int','kind':'signed'}]},"
		"{'is':'struct','name':'inner','number':2,'size':8,'align':8,'fields':["
		"{'name':'a','offset':0,'size':8,'type':'long int','kind':'signed'}]},"
		"{'is':'typedef','name':'pair_t','size':8,'align':4,"
		"'type':'struct {...}','kind':'struct','fields':["
		"{'name':'x','offset':0,'size':4,'type':'int','kind':'signed'},"
		"{'name':'y','offset':4,'size':4,'type':'int','kind':'signed'}]},"
		"{'is':'typedef','name':'row_t','size':16,'align':1,'type':'char[16]',"
		"'kind':'char','array':[16]}]}";
	struct shape *s = make(everything(8));
	char *json = write_json(s);

	simplify(json);
	assert_string_equal(json, wanted);
	free(json);
	shape_free(s);
}

/* What is read back is the same, and is written the same; only holes are not read. */
static void read_back(void **state)
{
	for (unsigned pointer_size = 4; pointer_size <= 8; pointer_size += 4) {
		struct shape *s = make(everything(pointer_size));
		char *json = write_json(s);
		struct shape *back = read_json(json);
		char *again = write_json(back);
		struct shape *third = read_json(again);
		char *last = write_json(third);

		assert_int_equal(back->pointer_size, pointer_size);
		assert_int_equal(compare(s, back, NULL), VERDICT_SAME);
		assert_int_equal(compare(back, s, NULL), VERDICT_SAME);
		assert_string_equal(again, last);
		free(json);
		free(again);
		free(last);
		shape_free(s);
		shape_free(back);
		shape_free(third);
	}
}

/* Pointers are of the machine's size, and the fields of an anonymous struct count from the
 * outermost type. */
static void places(void **state)
{
	struct model *m = model_new(4, true);
	uint32_t u = add_int(m, "unsigned int", 4, false);
	uint32_t in = STRUCT(m, NULL, 8, {"x", u, 0, 0}, {"y", u, 32, 3});
	STRUCT(m, "s", 20, {"p", add_to(m, TYPE_PTR, NULL, 0), 0, 0}, {NULL, in, 64, 0},
	       {"in", in, 96, 0});
	/* The fields overlap no more than in a union. */
	struct model *bad = m;
	struct diag d = {0};
	const struct object o = {.path = "x", .file = "x", .name = "x", .model = bad};
	const struct shape_options all = {.size = sizeof(all),
					  .types = (const char *[]){"s", NULL}};
	struct shape *s;

	assert_int_equal(shape_make(&o, &all, &s, &d), -ENOTSUP);
	assert_non_null(strstr(d.text, "x: struct s (type 4), field in: overlaps"));
	assert_null(s);
	model_free(bad);

	m = model_new(4, true);
	u = add_int(m, "unsigned int", 4, false);
	in = STRUCT(m, NULL, 8, {"x", u, 0, 0}, {"y", u, 32, 3});
	STRUCT(m, "s", 28, {"p", add_to(m, TYPE_PTR, NULL, 0), 0, 0}, {NULL, in, 64, 0},
	       {"in", in, 128, 0});
	s = make(m);
	assert_int_equal(s->pointer_size, 4);
	assert_true(s->big_endian);
	assert_int_equal(s->type_count, 1);
	const struct shape_body *b = &s->types[0].self.body;
	assert_int_equal(b->field_count, 3);
	assert_int_equal(b->fields[0].kind, SHAPE_POINTER);
	assert_int_equal(b->fields[0].byte_size, 4);
	assert_string_equal(b->fields[0].type, "void *");
	assert_int_equal(b->fields[1].body.fields[1].byte_offset, 12);
	assert_int_equal(b->fields[1].body.fields[1].bits, 3);
	assert_int_equal(b->fields[1].body.fields[1].byte_size, 0);
	assert_int_equal(b->fields[2].body.fields[1].byte_offset, 20);
	assert_int_equal(b->hole_count, 2);
	assert_int_equal(b->holes[0].byte_offset, 4);
	assert_int_equal(b->holes[0].bit_size, 32);
	assert_int_equal(b->fields[1].body.holes[0].byte_offset, 12);
	assert_int_equal(b->fields[1].body.holes[0].bit, 3);
	assert_int_equal(b->fields[1].body.holes[0].bit_size, 29);
	shape_free(s);
}

/* The key is called otherwise, all over. */
static char *without_key(const char *json, const char *key)
{
	struct strbuf out = {0};
	char *quoted = str_printf("\"%s\":", key);

	for (const char *at; (at = strstr(json, quoted)); json = at + strlen(quoted)) {
		strbuf_add(&out, json, (size_t)(at - json));
		strbuf_printf(&out, "\"%s_\":", key);
	}
	strbuf_puts(&out, json);
	free(quoted);
	return strbuf_detach(&out);
}

static void keys(void **state)
{
	static const struct {
		const char *key, *message; /* NULL: it can be missing */
		enum verdict verdict;
	} keys[] = {
		{"wbpf_layout", "\"wbpf_layout\" is missing"},
		{"byte_order", "\"byte_order\" is missing"},
		{"pointer_size", "\"pointer_size\" is missing"},
		{"types", "\"types\" is missing"},
		{"is", "\"is\" is missing"},
		{"name", "\"name\" is missing"},
		{"number", "\"types\" has this one twice"},
		{"size", "\"size\" is missing"},
		{"align", "\"align\" is missing"},
		{"offset", "\"offset\" is missing"},
		{"bit", "\"bit\" is missing"},
		{"bits", "\"size\" is missing"},
		{"type", "\"type\" is missing"},
		{"kind", "\"kind\" is missing"},
		{"signed", NULL, VERDICT_BROKEN},
		{"of", NULL, VERDICT_BROKEN},
		{"array", NULL, VERDICT_BROKEN},
		{"element", NULL, VERDICT_SAME},
		{"fields", NULL, VERDICT_BROKEN},
		{"holes", NULL, VERDICT_SAME},
		{"values", NULL, VERDICT_READS},
	};
	struct shape *s = make(everything(8));
	char *json = write_json(s);

	for (size_t i = 0; i < COUNT(keys); i++) {
		char *text = without_key(json, keys[i].key);
		struct strbuf file = {.data = text, .len = strlen(text)};
		struct diag d = {0};
		struct shape *other;
		int err = json_read("f", &file, &other, &d);

		assert_true(strlen(text) > strlen(json));
		if (keys[i].message) {
			assert_int_equal(err, -EINVAL);
			if (!strstr(d.text, keys[i].message))
				assert_string_equal(d.text, keys[i].message);
		} else {
			assert_string_equal(d.text, "");
			assert_int_equal(compare(s, other, NULL), keys[i].verdict);
		}
		shape_free(other);
		free(text);
	}
	free(json);
	shape_free(s);
}

/* A later writer's keys, in each object. */
static void unknown_keys(void **state)
{
	struct shape *s = make(everything(8));
	char *json = write_json(s);
	struct strbuf more = {0};
	bool quoted = false;

	for (const char *c = json; *c; c++) {
		strbuf_putc(&more, *c);
		quoted ^= *c == '"';
		if (*c == '{' && !quoted)
			strbuf_puts(&more, "\"later\":[{\"name\":7}, null, \"\\u00e9\"],");
	}
	struct shape *other = read_json(strbuf_str(&more));
	assert_int_equal(compare(s, other, NULL), VERDICT_SAME);
	assert_int_equal(compare(other, s, NULL), VERDICT_SAME);
	strbuf_free(&more);
	free(json);
	shape_free(s);
	shape_free(other);
}

/* Texts of layouts. */
#define LAYOUT(types)                                                                              \
	"{\"wbpf_layout\":1,\"byte_order\":\"little\",\"pointer_size\":8,\"types\":[" types "]}"
#define TYPE(is, name, size, rest)                                                                 \
	"{\"is\":\"" is "\",\"name\":\"" name "\",\"size\":" size ",\"align\":4" rest "}"
#define FIELDS(list) ",\"fields\":[" list "]"
#define VALUES(list) ",\"values\":[" list "]"
#define VALUE(name, value) "{\"name\":\"" name "\",\"value\":" value "}"
#define FIELD(name, offset, what) "{\"name\":\"" name "\",\"offset\":" offset "," what "}"
#define OF_TYPE(type, kind) "\"type\":\"" type "\",\"kind\":\"" kind "\""
#define INT "\"size\":4," OF_TYPE("int", "signed")
#define UINT "\"size\":4," OF_TYPE("unsigned int", "unsigned")
#define LONG "\"size\":8," OF_TYPE("long", "signed")
#define POINTER(type) "\"size\":8," OF_TYPE(type, "pointer")
#define INTS(size, array) "\"size\":" size ",\"array\":[" array "]," OF_TYPE("int[]", "signed")
#define BITS(bit, bits) "\"bit\":" bit ",\"bits\":" bits "," OF_TYPE("int", "signed")
#define IN(size, of) "\"size\":" size ",\"of\":\"" of "\"," OF_TYPE(of, "struct")
#define ANONYMOUS "\"size\":8," OF_TYPE("struct {...}", "struct")
#define INS(size, array) IN(size, "struct in") ",\"array\":[" array "]"
#define STRUCT_S(size, list) TYPE("struct", "s", size, FIELDS(list))
#define ONE(field) LAYOUT(STRUCT_S("16", field))

static void no_layouts(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"", "line 1: no JSON"},
		{"{\n{", "line 2: no JSON"},
		{"{}", "\"wbpf_layout\" is missing"},
		{"[]", "\"wbpf_layout\" is missing"},
		{"7", "\"wbpf_layout\" is missing"},
		{LAYOUT("") "x", "no JSON"},
		{"{\"wbpf_layout\":\"1\"}", "\"wbpf_layout\" is no whole number"},
		{"{\"wbpf_layout\":1,\"byte_order\":7}", "\"byte_order\" is no string"},
		{"{\"wbpf_layout\":1,\"byte_order\":\"mixed\"}", "\"byte_order\" is neither"},
		{LAYOUT("[]"), "\"types\" has something in it that is no type"},
		{LAYOUT("null"), "\"types\" has something in it that is no type"},
		{LAYOUT(TYPE("class", "s", "4", "")), "\"is\" is no kind of type"},
		{LAYOUT("{\"is\":7}"), "\"is\" is no kind of type"},
		{LAYOUT(TYPE("struct", "", "4", "")), "\"name\" is no identifier"},
		{LAYOUT(TYPE("struct", "a b", "4", "")), "\"name\" is no identifier"},
		{LAYOUT(TYPE("struct", "s", "4", ",\"number\":1.5")), "\"number\" is no whole"},
		{LAYOUT(TYPE("struct", "s", "4", ",\"number\":-2")), "\"number\" is no whole"},
		{LAYOUT(TYPE("struct", "s", "-4", "")), "struct s: \"size\" is no whole number"},
		{LAYOUT(TYPE("struct", "s", "4294967296", "")), "\"size\" is no whole number"},
		{LAYOUT(TYPE("struct", "s", "\"4\"", "")), "\"size\" is no whole number"},
		{LAYOUT(TYPE("struct", "s", "1e999", "")), "\"size\" is no whole number"},
		{LAYOUT(TYPE("struct", "s", "4", "") "," TYPE("struct", "s", "4", "")),
		 "struct s: \"types\" has this one twice"},
		{LAYOUT(TYPE("struct", "s", "4", ",\"fields\":{}")), "\"fields\" is no list"},
		{LAYOUT(TYPE("enum", "e", "4", ",\"values\":7")), "\"values\" is no list"},
		{LAYOUT(TYPE("enum", "e", "4", VALUES(VALUE("A", "1")))), "\"value\" is no string"},
		{LAYOUT(TYPE("enum", "e", "4", VALUES(VALUE("A", "\"1x\"")))),
		 "\"value\" is no decimal"},
		{LAYOUT(TYPE("enum", "e", "4", VALUES(VALUE("A", "\"-\"")))),
		 "\"value\" is no decimal"},
		{LAYOUT(TYPE("enum", "e", "4", VALUES(VALUE("A", "\"111111111111111111111\"")))),
		 "\"value\" is no decimal"},
		{LAYOUT(TYPE("enum", "e", "4", VALUES(VALUE("", "\"1\"")))),
		 "\"name\" is no identifier"},
		{LAYOUT(TYPE("enum", "e", "4", ",\"signed\":1")), "\"signed\" is neither"},
		{ONE("7"), "\"fields\" has something in it that is no field"},
		{ONE(FIELD("a-b", "0", INT)), "\"name\" is no identifier"},
		{ONE(FIELD("a", "13", INT)), "field a: \"offset\" puts the field past the end"},
		{ONE(FIELD("a", "15", BITS("4", "5"))), "\"offset\" puts the field past the end"},
		{ONE(FIELD("a", "0", BITS("8", "1"))), "\"bit\" is no whole number"},
		{ONE(FIELD("a", "0", BITS("0", "0"))), "\"bits\" is 0"},
		{ONE(FIELD("a", "0", BITS("0", "129"))), "\"bits\" is no whole number"},
		{ONE(FIELD("a", "0", "\"size\":4," OF_TYPE("int", "odd"))),
		 "\"kind\" is none of those"},
		{ONE(FIELD("a", "0", "\"size\":4," OF_TYPE("i\\nnt", "signed"))),
		 "\"type\" is too long or has control characters"},
		{ONE(FIELD("a", "0", INTS("4", "-1"))), "\"array\" has a length that is no whole"},
		{ONE(FIELD("a", "0", INTS("4", "\"4\""))), "\"array\" has a length that is no"},
		{ONE(FIELD("", "0", INT)), "\"name\" is empty, and the field is no struct"},
		{ONE(FIELD("a", "0", INT) "," FIELD("a", "4", INT)), "twice"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf file = {0};
		struct diag d = {0};
		struct shape *s;

		strbuf_puts(&file, cases[i].text);
		assert_int_equal(json_read("f", &file, &s, &d), -EINVAL);
		assert_null(s);
		if (strncmp(d.text, "f: ", 3) || !strstr(d.text, cases[i].message))
			assert_string_equal(d.text, cases[i].message);
		strbuf_free(&file);
	}
}

static int try(const struct strbuf *text, struct diag *d)
{
	struct shape *s;
	int err = json_read("f", text, &s, d);

	shape_free(s);
	return err;
}

static void later_version(void **state)
{
	struct strbuf text = {0};
	struct diag d = {0};

	strbuf_puts(&text, "{\"wbpf_layout\":2}");
	assert_int_equal(try(&text, &d), -ENOTSUP);
	assert_string_equal(d.text, "f: a layout of version 2, and this wbpf-gen reads version 1");
	strbuf_free(&text);
}

/* Fields inside fields, dimensions, and names: so many, and not one more. */
static void bounds(void **state)
{
	static const struct {
		const char *before, *begin, *end, *after;
		size_t most;
		const char *message;
	} cases[] = {
		{"{\"wbpf_layout\":1,\"byte_order\":\"little\",\"pointer_size\":8,\"types\":["
		 "{\"is\":\"struct\",\"name\":\"s\",\"size\":8,\"align\":1",
		 ",\"fields\":[{\"name\":\"a\",\"offset\":0,\"size\":8,\"type\":\"t\",\"kind\":"
		 "\"struct\"",
		 "}]", "}]}", 128, "\"fields\" nests too deep"},
		{"{\"wbpf_layout\":1,\"byte_order\":\"little\",\"pointer_size\":8,\"types\":["
		 "{\"is\":\"struct\",\"name\":\"s\",\"size\":8,\"align\":1,\"fields\":["
		 "{\"name\":\"a\",\"offset\":0,\"size\":4,\"type\":\"t\",\"kind\":\"signed\","
		 "\"array\":[1",
		 ",1", "", "]}]}]}", 127, "\"array\" has too many dimensions"},
		{"{\"wbpf_layout\":1,\"byte_order\":\"little\",\"pointer_size\":8,\"types\":["
		 "{\"is\":\"struct\",\"size\":8,\"align\":1,\"name\":\"s",
		 "x", "", "\"}]}", (64 << 10) - 1, "\"name\" is too long"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t more = 0; more < 2; more++) {
			struct strbuf text = {0};
			struct diag d = {0};
			size_t n = cases[i].most + more;

			strbuf_puts(&text, cases[i].before);
			for (size_t k = 0; k < n; k++)
				strbuf_puts(&text, cases[i].begin);
			for (size_t k = 0; k < n; k++)
				strbuf_puts(&text, cases[i].end);
			strbuf_puts(&text, cases[i].after);
			int err = try(&text, &d);
			if (!more)
				assert_string_equal(d.text, "");
			assert_int_equal(err, more ? -EINVAL : 0);
			if (more && !strstr(d.text, cases[i].message))
				assert_string_equal(d.text, cases[i].message);
			strbuf_free(&text);
		}
	}
}

/* "When an old reader still reads", from one to the other and back. */
static void rules(void **state)
{
#define A FIELD("a", "0", INT)
#define S(list) STRUCT_S("16", list)
#define INNER(size) TYPE("struct", "in", size, FIELDS(A))
	static const struct {
		const char *one, *other;
		enum verdict there, back;
		const char *line; /* among what is said about the way there */
	} rules[] = {
		/* At the end, in a hole, in a union. */
		{STRUCT_S("4", A), STRUCT_S("8", A "," FIELD("b", "4", INT)), VERDICT_READS,
		 VERDICT_BROKEN, "  b: added (int at 4)\n"},
		{S(A), S(A "," FIELD("b", "4", INT)), VERDICT_READS, VERDICT_BROKEN, "b: added"},
		{TYPE("union", "u", "8", FIELDS(A)),
		 TYPE("union", "u", "8", FIELDS(A "," FIELD("b", "0", LONG))), VERDICT_READS,
		 VERDICT_BROKEN, "b: added"},
		{STRUCT_S("4", A), STRUCT_S("8", A), VERDICT_READS, VERDICT_BROKEN,
		 "  size: 4 bytes, now 8\n"},
		{"{\"is\":\"struct\",\"name\":\"s\",\"size\":8,\"align\":4}",
		 "{\"is\":\"struct\",\"name\":\"s\",\"size\":8,\"align\":8}", VERDICT_READS,
		 VERDICT_READS, "  alignment: 4, now 8\n"},
		/* Place, size, kind, array. */
		{S(A), S(FIELD("a", "4", INT)), VERDICT_BROKEN, VERDICT_BROKEN,
		 "  a: moved from 0 to 4\n"},
		{S(FIELD("a", "0", BITS("0", "3"))), S(FIELD("a", "0", BITS("1", "3"))),
		 VERDICT_BROKEN, VERDICT_BROKEN, "  a: moved from 0 bit 0 to 0 bit 1\n"},
		{S(FIELD("a", "0", BITS("0", "1"))), S(FIELD("a", "0", BITS("0", "2"))),
		 VERDICT_BROKEN, VERDICT_BROKEN, "  a: resized from 1 bit to 2 bits\n"},
		{S(FIELD("a", "0", BITS("0", "32"))), S(A), VERDICT_BROKEN, VERDICT_BROKEN,
		 "  a: resized from 32 bits to 4 bytes\n"},
		{S(A), S(FIELD("a", "0", LONG)), VERDICT_BROKEN, VERDICT_BROKEN,
		 "  a: resized from 4 bytes to 8 bytes, retyped from int to long\n"},
		{S(A), S(FIELD("a", "0", UINT)), VERDICT_BROKEN, VERDICT_BROKEN,
		 "  a: retyped from int to unsigned int\n"},
		{S(A), S(FIELD("a", "0", "\"size\":4," OF_TYPE("float", "float"))), VERDICT_BROKEN,
		 VERDICT_BROKEN, "retyped"},
		{S(FIELD("a", "0", INTS("16", "4"))), S(FIELD("a", "0", INTS("16", "2,2"))),
		 VERDICT_BROKEN, VERDICT_BROKEN, "retyped"},
		{S(FIELD("a", "0", INTS("8", "2"))), S(FIELD("a", "0", INTS("16", "4"))),
		 VERDICT_BROKEN, VERDICT_BROKEN, "  a: resized from 8 bytes to 16 bytes\n"},
		{S(FIELD("a", "0", INTS("0", "0"))), S(FIELD("a", "0", INTS("0", "0"))),
		 VERDICT_SAME, VERDICT_SAME, ""},
		/* Names: of types and of what pointers point to they are nothing. */
		{S(A), S(FIELD("a", "0", "\"size\":4," OF_TYPE("pid_t", "signed"))), VERDICT_SAME,
		 VERDICT_SAME, ""},
		{S(FIELD("a", "0", POINTER("char *"))), S(FIELD("a", "0", POINTER("int *"))),
		 VERDICT_SAME, VERDICT_SAME, ""},
		{S(FIELD("a", "0", POINTER("char *"))),
		 S(FIELD("a", "0", "\"size\":8," OF_TYPE("long", "unsigned"))), VERDICT_BROKEN,
		 VERDICT_BROKEN, "retyped from char * to long"},
		{S(A), S(FIELD("b", "0", INT)), VERDICT_BROKEN, VERDICT_BROKEN,
		 "  a: removed (int at 0)\n"},
		{S(A), TYPE("struct", "t", "16", FIELDS(A)), VERDICT_BROKEN, VERDICT_BROKEN,
		 "struct s: removed\n"},
		{S(A), TYPE("union", "s", "16", FIELDS(A)), VERDICT_BROKEN, VERDICT_BROKEN,
		 "union s: added\n"},
		{S(A), S(A) "," TYPE("struct", "t", "4", FIELDS(A)), VERDICT_READS, VERDICT_BROKEN,
		 "struct t: added\n"},
		/* Types inside. */
		{INNER("4") "," S(FIELD("f", "0", IN("4", "struct in"))),
		 INNER("8") "," S(FIELD("f", "0", IN("8", "struct in"))), VERDICT_READS,
		 VERDICT_BROKEN, "  f: resized from 4 bytes to 8 bytes\n"},
		{INNER("4") "," S(FIELD("f", "0", INS("8", "2"))),
		 INNER("8") "," S(FIELD("f", "0", INS("16", "2"))), VERDICT_BROKEN, VERDICT_BROKEN,
		 "  f: resized from 8 bytes to 16 bytes\n"},
		{S(FIELD("f", "0", IN("4", "struct in"))), S(FIELD("f", "0", IN("4", "struct on"))),
		 VERDICT_BROKEN, VERDICT_BROKEN, "  f: retyped from struct in to struct on\n"},
		{S(FIELD("f", "4", ANONYMOUS FIELDS(FIELD("x", "4", INT)))),
		 S(FIELD("f", "8", ANONYMOUS FIELDS(FIELD("x", "12", INT)))), VERDICT_BROKEN,
		 VERDICT_BROKEN, "  f: moved from 4 to 8\n  f.x: moved from 4 to 12\n"},
		{S(FIELD("", "0", ANONYMOUS FIELDS(A))), S(A), VERDICT_SAME, VERDICT_SAME, ""},
		/* Enumerators. */
		{TYPE("enum", "e", "4", VALUES(VALUE("A", "\"0\""))),
		 TYPE("enum", "e", "4", VALUES(VALUE("A", "\"0\"") "," VALUE("B", "\"1\""))),
		 VERDICT_READS, VERDICT_READS, "  B: added (1)\n"},
		{TYPE("enum", "e", "4", VALUES(VALUE("A", "\"0\""))),
		 TYPE("enum", "e", "4", VALUES(VALUE("A", "\"1\""))), VERDICT_BROKEN,
		 VERDICT_BROKEN, "  A: changed from 0 to 1\n"},
		{TYPE("enum", "e", "4", VALUES(VALUE("A", "\"0\""))),
		 TYPE("enum", "e", "4", VALUES(VALUE("B", "\"0\""))), VERDICT_BROKEN,
		 VERDICT_BROKEN, "  A: removed (0, now B)\n"},
		{TYPE("enum", "e", "4", ""), TYPE("enum", "e", "8", ""), VERDICT_BROKEN,
		 VERDICT_BROKEN, "  size: 4 bytes, now 8\n"},
		{TYPE("enum", "e", "4", VALUES(VALUE("A", "\"0\""))),
		 TYPE("enum", "e", "4", ",\"signed\":true" VALUES(VALUE("A", "\"0\""))),
		 VERDICT_BROKEN, VERDICT_BROKEN, "sign"},
		/* Typedefs: a spelling that is gone is none that is missed. */
		{S(A) "," TYPE("typedef", "t", "4", "," OF_TYPE("int", "signed")), S(A),
		 VERDICT_SAME, VERDICT_SAME, ""},
		{TYPE("typedef", "t", "4", "," OF_TYPE("int", "signed")),
		 TYPE("typedef", "t", "4", "," OF_TYPE("unsigned int", "unsigned")), VERDICT_BROKEN,
		 VERDICT_BROKEN,
		 "t: changed; a reader built for the old layout misreads it\n  retyped from int to "
		 "unsigned int\n"},
		{TYPE("typedef", "t", "16", "," OF_TYPE("struct {...}", "struct") FIELDS(A)), S(A),
		 VERDICT_BROKEN, VERDICT_BROKEN, "t: removed\n"},
		/* Data sections. */
		{TYPE("section", ".bss", "4", FIELDS(A)),
		 TYPE("section", ".bss", "8",
		      FIELDS(FIELD("b", "0", INT) "," FIELD("a", "4", INT))),
		 VERDICT_BROKEN, VERDICT_BROKEN,
		 ".bss: changed; a reader built for the old layout misreads it\n"},
	};

	for (size_t i = 0; i < COUNT(rules); i++) {
		char *texts[2];
		struct strbuf lines = {0};

		texts[0] = str_printf(LAYOUT("%s"), rules[i].one);
		texts[1] = str_printf(LAYOUT("%s"), rules[i].other);
		struct shape *one = read_json(texts[0]), *other = read_json(texts[1]);
		enum verdict there = compare(one, other, &lines), back = compare(other, one, NULL);
		if (there != rules[i].there || back != rules[i].back ||
		    !strstr(strbuf_str(&lines), rules[i].line) ||
		    (there == VERDICT_SAME && lines.len))
			fail_msg("%s\n%s\n%d and back %d:\n%s\nwanted %s", texts[0], texts[1],
				 there, back, strbuf_str(&lines), rules[i].line);
		assert_int_equal(compare(one, one, NULL), VERDICT_SAME);
		strbuf_free(&lines);
		free(texts[0]);
		free(texts[1]);
		shape_free(one);
		shape_free(other);
	}
}

/* What is inside a field that moved is not said again. */
static void moved_as_a_whole(void **state)
{
	struct shape *x =
		read_json(LAYOUT(S(FIELD("f", "4", ANONYMOUS FIELDS(FIELD("x", "8", INT))))));
	struct shape *y =
		read_json(LAYOUT(S(FIELD("f", "8", ANONYMOUS FIELDS(FIELD("x", "12", INT))))));
	struct strbuf lines = {0};

	assert_int_equal(compare(x, y, &lines), VERDICT_BROKEN);
	assert_string_equal(strbuf_str(&lines),
			    "struct s: changed; a reader built for the old layout misreads it\n"
			    "  f: moved from 4 to 8\n");
	strbuf_free(&lines);
	shape_free(x);
	shape_free(y);
}

/* Of types that share a name the order says nothing. */
static void equal_names(void **state)
{
	static const char one[] = LAYOUT(S(A) "," TYPE("struct", "s", "8", ",\"number\":2"));
	static const char two[] = LAYOUT(TYPE("struct", "s", "8", "") "," TYPE(
		"struct", "s", "16", ",\"number\":2" FIELDS(A)));
	struct shape *x = read_json(one), *y = read_json(two), *z = read_json(LAYOUT(S(A)));

	assert_int_equal(compare(x, y, NULL), VERDICT_SAME);
	assert_int_equal(compare(y, x, NULL), VERDICT_SAME);
	assert_int_equal(compare(z, x, NULL), VERDICT_READS);
	assert_int_equal(compare(x, z, NULL), VERDICT_BROKEN);
	shape_free(x);
	shape_free(y);
	shape_free(z);
}

static void byte_orders(void **state)
{
	struct shape *x = read_json(LAYOUT(S(A))), *y = read_json(LAYOUT(S(A)));
	struct strbuf lines = {0};

	y->big_endian = true;
	assert_int_equal(compare(x, y, &lines), VERDICT_BROKEN);
	assert_string_equal(strbuf_str(&lines), "byte order: little, now big\n");
	assert_int_equal(compare(y, x, NULL), VERDICT_BROKEN);
	strbuf_free(&lines);
	shape_free(x);
	shape_free(y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written),       cmocka_unit_test(read_back),
		cmocka_unit_test(places),        cmocka_unit_test(keys),
		cmocka_unit_test(unknown_keys),  cmocka_unit_test(no_layouts),
		cmocka_unit_test(later_version), cmocka_unit_test(bounds),
		cmocka_unit_test(rules),         cmocka_unit_test(moved_as_a_whole),
		cmocka_unit_test(equal_names),   cmocka_unit_test(byte_orders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
