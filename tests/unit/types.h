/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that tests put into models. */
#ifndef WBPF_TESTS_UNIT_TYPES_H
#define WBPF_TESTS_UNIT_TYPES_H

#include "btfgen/model.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static inline uint32_t add_int(struct model *m, const char *name, unsigned size, bool is_signed)
{
	return model_add(m, &(struct type){
				    .kind = TYPE_INT,
				    .name = name,
				    .size = size,
				    .int_bits = (uint8_t)(8 * size),
				    .is_signed = is_signed,
			    });
}

static inline uint32_t add_to(struct model *m, enum type_kind kind, const char *name,
			      uint32_t target)
{
	return model_add(m, &(struct type){.kind = kind, .name = name, .target = target});
}

static inline uint32_t add_array(struct model *m, uint32_t target, uint32_t count)
{
	return model_add(m, &(struct type){.kind = TYPE_ARRAY, .target = target, .count = count});
}

static inline uint32_t add_record(struct model *m, enum type_kind kind, const char *name,
				  uint64_t size, const struct member *members, uint32_t count)
{
	return model_add(m, &(struct type){
				    .kind = kind,
				    .name = name,
				    .size = size,
				    .members = members,
				    .count = count,
			    });
}

#define RECORD(m, kind, name, size, ...)                                                           \
	add_record(m, kind, name, size, (struct member[]){__VA_ARGS__},                            \
		   COUNT(((struct member[]){__VA_ARGS__})))
#define STRUCT(m, name, size, ...) RECORD(m, TYPE_STRUCT, name, size, __VA_ARGS__)
#define UNION(m, name, size, ...) RECORD(m, TYPE_UNION, name, size, __VA_ARGS__)

#endif
