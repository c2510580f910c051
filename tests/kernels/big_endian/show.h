/* SPDX-License-Identifier: BSD-2-Clause */
/* How a record's fields come to be lines of text: by the machine's own compiler, or
 * (SHOW_ACCESSORS) by a header's accessors, which then also write each field, and must give the
 * same bytes again. Without the C library, as it stands behind the kernel's types. */
#ifndef SHOW_H
#define SHOW_H

struct record {
	const char *name;
	unsigned long size;
	void (*show)(void *bytes);
};

/* Each ends with a record without a name. */
extern const struct record own_records[], kernel_records[];

void show_unsigned(const char *field, unsigned long long value);
void show_signed(const char *field, long long value);
void show_wide(const char *field, unsigned __int128 value);
void show_real(const char *field, double value);
/* A field that kept its value when another one was written to it. */
void show_kept(const char *field);

/* A byte is read as it is. Whether a char has a sign is not the same everywhere. */
#define SHOW_BYTE(text, field) show_unsigned(text, (unsigned char)(field))
#define SHOW_SIGNED_BYTE(text, field) show_signed(text, (field))

#ifdef SHOW_ACCESSORS
#define SHOW_WITH(show, type, text, field)                                                         \
	do {                                                                                       \
		type value_ = (type)wbpf_get(field);                                               \
		show(text, value_);                                                                \
		wbpf_set(field, !value_);                                                          \
		if ((type)wbpf_get(field) == value_)                                               \
			show_kept(text);                                                           \
		wbpf_set(field, value_);                                                           \
	} while (0)
#else
#define SHOW_WITH(show, type, text, field) show(text, (type)(field))
#endif
#define SHOW_UNSIGNED(text, field) SHOW_WITH(show_unsigned, unsigned long long, text, field)
#define SHOW_SIGNED(text, field) SHOW_WITH(show_signed, long long, text, field)
#define SHOW_WIDE(text, field) SHOW_WITH(show_wide, unsigned __int128, text, field)
#define SHOW_REAL(text, field) SHOW_WITH(show_real, double, text, field)

#endif
