/* SPDX-License-Identifier: BSD-2-Clause */
/* Structs by name are the user's own; one without a name is written out, layout and all. */
#include "bpf.h"
#include "structs.h"

struct event last;
struct event recent[4];
event_t as_typedef;
point_t origin;
enum mode mode;
mode_t_ mode_too;
union number number;
const struct event *unused;

struct {
	char c;
	long total;
	const void *where;
	struct {
		short a, b;
	} inner;
	union {
		int i;
		char bytes[6];
	};
	unsigned one : 1, : 2, three : 3;
	bool on : 1;
	long wide_bits : 40;
	point_t points[2];
} stats;

struct {
	char c;
	int odd;
} __attribute__((packed)) tight[2];

SEC("raw_tp/x")
int prog(void *ctx)
{
	return 0;
}
