/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What both halves agree on. Every attempt of a producer to put a record into a stream takes a
 * number, and every record says how many attempts before it gave none. So each gap in the numbers
 * says by itself how long it may be.
 */
#ifndef SOAK_H
#define SOAK_H

enum {
	SMALL,  /* records of one size, reserved and submitted */
	SOME,   /* some of them are discarded */
	VARIED, /* of many sizes, by bpf_ringbuf_output() */
	SHARED, /* of two producers on two CPUs, by dynptrs */
	RINGS,
	PERF = RINGS, /* perf buffers */
	LETTERS, /* a user ring buffer: the module is the producer, a BPF program the consumer */
	STREAMS,
};

enum {
	PRODUCERS = 2,
	MAX_WORDS = 31, /* of fill */
	LETTER_WORDS = 3,
	/* A power of two and whole pages. */
	SMALL_BYTES = 64 * 1024,
	SOME_BYTES = 256 * 1024,
	VARIED_BYTES = 1024 * 1024,
	SHARED_BYTES = 4096 * 1024,
	LETTERS_BYTES = 256 * 1024,
};

/* Mistakes made on purpose, to see that they are noticed. */
enum fault {
	NO_FAULT,
	SKIP,            /* a producer leaves a number out */
	DROP,            /* a consumer forgets a record */
	REPEAT,          /* a consumer sees a record twice */
	CORRUPT,         /* a producer writes a wrong checksum */
	DESCRIPTOR,      /* the module keeps a map */
	MEMORY,          /* the module leaks */
	FAULT_AT = 1000, /* so many records of a producer are right */
};

struct record {
	unsigned long long number;
	unsigned int missed; /* attempts before it that gave no record, modulo 2^32 */
	unsigned short words;
	unsigned char stream, producer;
	unsigned long long sum;             /* of all the rest */
	unsigned long long fill[MAX_WORDS]; /* as many as words says */
};

#define RECORD_SIZE(words) (24u + 8u * (words))

/* What a producer counts, of one stream. */
struct count {
	unsigned long long attempts, refused, discarded;
} __attribute__((aligned(64)));

/* What a consumer counts, of one producer in one stream. */
struct seen {
	unsigned long long next; /* number */
	unsigned long long count, lost, wrong;
	unsigned int missed, hit;
};

#define MIX 0x9e3779b97f4a7c15ull

static inline unsigned long long record_sum(const struct record *r, unsigned int words)
{
	unsigned long long sum = (r->number ^ r->missed) * MIX;

	sum = (sum ^ r->words ^ (r->stream << 16) ^ (r->producer << 24)) * MIX;
	for (unsigned int i = 0; i < MAX_WORDS && i < words; i++)
		sum = (sum ^ r->fill[i]) * MIX;
	return sum;
}

static inline void record_fill(struct record *r, const struct count *c, unsigned long long number,
			       unsigned int words)
{
	r->number = number;
	r->missed = (unsigned int)(c->refused + c->discarded);
	r->words = words;
	for (unsigned int i = 0; i < MAX_WORDS && i < words; i++)
		r->fill[i] = (number + i) * MIX;
	r->sum = record_sum(r, words);
}

/* The fault comes with every try until it has come with one that is taken. */
static inline int fault_now(const struct count *c)
{
	return c->attempts - c->refused - c->discarded == FAULT_AT;
}

static inline unsigned long long take_number(struct count *c, enum fault fault)
{
	unsigned long long number = c->attempts++;

	return fault == SKIP && fault_now(c) ? c->attempts++ : number;
}

/* Attempts that have gone by and that neither gave a record nor are accounted for. */
static inline void see_gap(struct seen *s, unsigned long long number, unsigned int missed)
{
	unsigned long long gap = number - s->next;
	unsigned int allowed = missed - s->missed;

	if (gap > allowed && !(gap >> 63))
		s->lost += gap - allowed;
	else if (gap != allowed)
		s->wrong++; /* again, or out of order, or refused and there */
	s->next = number;
	s->missed = missed;
}

static inline void see(struct seen *s, const struct record *r, enum fault fault)
{
	if (fault == DROP && s->count == FAULT_AT && !s->hit) {
		s->hit = 1;
		return;
	}
	see_gap(s, r->number, r->missed);
	s->next++;
	s->count++;
	if (fault == REPEAT && s->count == FAULT_AT) {
		see_gap(s, r->number, r->missed);
		s->next++;
	}
}

#endif
