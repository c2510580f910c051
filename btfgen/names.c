/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/names.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* All lists are sorted by strcmp(). */
static const char *const c_keywords[] = {
	"_Alignas",      "_Alignof",     "_Atomic",
	"_BitInt",       "_Bool",        "_Complex",
	"_Decimal128",   "_Decimal32",   "_Decimal64",
	"_Float128",     "_Float16",     "_Generic",
	"_Imaginary",    "_Noreturn",    "_Static_assert",
	"_Thread_local", "__alignof__",  "__asm__",
	"__attribute__", "__auto_type",  "__const__",
	"__extension__", "__inline__",   "__int128",
	"__restrict__",  "__signed__",   "__thread",
	"__typeof__",    "__volatile__", "alignas",
	"alignof",       "asm",          "auto",
	"bool",          "break",        "case",
	"char",          "const",        "constexpr",
	"continue",      "default",      "do",
	"double",        "else",         "enum",
	"extern",        "false",        "float",
	"for",           "goto",         "if",
	"inline",        "int",          "long",
	"nullptr",       "register",     "restrict",
	"return",        "short",        "signed",
	"sizeof",        "static",       "static_assert",
	"struct",        "switch",       "thread_local",
	"true",          "typedef",      "typeof",
	"typeof_unqual", "union",        "unsigned",
	"void",          "volatile",     "while",
};

static const char *const cxx_keywords[] = {
	"and",       "and_eq",       "bitand",     "bitor",     "catch",     "char16_t",
	"char32_t",  "char8_t",      "class",      "co_await",  "co_return", "co_yield",
	"compl",     "concept",      "const_cast", "consteval", "constinit", "decltype",
	"delete",    "dynamic_cast", "explicit",   "export",    "friend",    "mutable",
	"namespace", "new",          "noexcept",   "not",       "not_eq",    "operator",
	"or",        "or_eq",        "private",    "protected", "public",    "reinterpret_cast",
	"requires",  "static_cast",  "template",   "this",      "throw",     "try",
	"typeid",    "typename",     "using",      "virtual",   "wchar_t",   "xor",
	"xor_eq",
};

/* What the C library's headers use, and beside them the guest library's, which bring what wasi-libc
 * lacks. */
#define LIBC_TAGS(...) static const char *const libc_tags[] = {__VA_ARGS__};
#define LIBC_ORDINARY(...) static const char *const libc_ordinary[] = {__VA_ARGS__};
#define LIBC_MACROS(...) static const char *const libc_macros[] = {__VA_ARGS__};
#include "btfgen/libc_names.def"

static const char *const guest_tags[] = {
	"addrinfo",    "argp",      "argp_child", "argp_option",     "argp_state",
	"epoll_event", "group",     "hostent",    "if_nameindex",    "ifmap",
	"ifreq",       "itimerval", "passwd",     "perf_event_attr", "rlimit",
	"sigaction",   "sigevent",  "siginfo_t",  "sigval",          "termios",
	"ucred",       "utsname",   "winsize",
};

static const char *const guest_ordinary[] = {
	"cpu_set_t", "epoll_data_t", "error_t",   "pthread_t", "rlim_t",   "sighandler_t",
	"siginfo_t", "sigset_t",     "speed_t",   "stack_t",   "tcflag_t", "u_char",
	"u_int",     "u_int16_t",    "u_int32_t", "u_int64_t", "u_int8_t", "u_long",
	"u_short",   "uint",         "ulong",     "ushort",
};

static bool listed(const char *s, const char *const *list, size_t count)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		/* Mostly the first letters tell. */
		int order = (unsigned char)*s - (unsigned char)*list[mid];
		if (!order)
			order = strcmp(s, list[mid]);
		if (!order)
			return true;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

/* Letters, digits and underscores are what a word is made of, whatever the locale. */
static const bool word[256] = {
	['0' ... '9'] = true,
	['A' ... 'Z'] = true,
	['_'] = true,
	['a' ... 'z'] = true,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t name_identifier_length(const char *s)
{
	size_t n = 0;

	while (word[(unsigned char)s[n]])
		n++;
	return s[n] || is_digit(*s) ? 0 : n;
}

bool name_is_identifier(const char *s)
{
	return name_identifier_length(s) > 0;
}

void name_sanitize(char *s)
{
	if (is_digit(*s))
		*s = '_';
	for (; *s; s++)
		if (!word[(unsigned char)*s])
			*s = '_';
}

static bool is_control(char c)
{
	return (c >= 0 && c < ' ') || c == 0x7f;
}

bool name_is_printable(const char *s)
{
	while (*s && !is_control(*s))
		s++;
	return !*s;
}

void name_make_printable(char *s)
{
	for (; *s; s++)
		if (is_control(*s))
			*s = '?';
}

bool name_is_c_keyword(const char *s)
{
	return listed(s, c_keywords, COUNT(c_keywords));
}

bool name_is_cxx_keyword(const char *s)
{
	return listed(s, cxx_keywords, COUNT(cxx_keywords));
}

static bool put_all(struct strmap *m, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		void **place = strmap_put(m, list[i]);
		if (!place)
			return false;
		*place = m;
	}
	return true;
}

bool names_list_special(struct strmap *ret)
{
	return put_all(ret, c_keywords, COUNT(c_keywords)) &&
	       put_all(ret, cxx_keywords, COUNT(cxx_keywords)) &&
	       put_all(ret, libc_macros, COUNT(libc_macros));
}

bool name_is_libc_tag(const char *s)
{
	return listed(s, libc_tags, COUNT(libc_tags)) || listed(s, guest_tags, COUNT(guest_tags));
}

bool name_is_libc_ordinary(const char *s)
{
	return listed(s, libc_ordinary, COUNT(libc_ordinary)) ||
	       listed(s, guest_ordinary, COUNT(guest_ordinary));
}

bool name_is_libc_macro(const char *s)
{
	return listed(s, libc_macros, COUNT(libc_macros));
}
