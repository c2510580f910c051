// SPDX-License-Identifier: BSD-2-Clause
/*
 * malloc() in a sixth of the size of wasi-libc's, which it replaces. Chunks lie one behind another
 * in the one heap and know their neighbours; free ones are in lists by size and are joined with
 * free neighbours at once. A module has one thread.
 */
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	ALIGN = 16,
	HEADER = 8,
	SMALLEST = 32,   /* a chunk has room for its list's pointers */
	EXACT_BINS = 16, /* one for each size up to 256, then four for each power of two */
	BINS = EXACT_BINS + 4 * 24,
	PAGE = 65536,
	USED = 1,
};

/* In front of each payload. Sizes are of whole chunks, in bytes, multiples of ALIGN. */
struct chunk {
	uint32_t before; /* size of the chunk before this one; 0 for the first */
	uint32_t size;   /* and USED */
	/* from here on only in free ones */
	struct chunk *next;
	struct chunk **link; /* what points here */
};

extern unsigned char __heap_base;

static struct chunk *bins[BINS];
static uint32_t filled[(BINS + 31) / 32]; /* a bit for each bin that is not empty */
static struct chunk *last;                /* a used chunk of no size that ends the heap */

static struct chunk *chunk_of(void *p)
{
	return (struct chunk *)((char *)p - HEADER);
}

static void *payload(struct chunk *c)
{
	return (char *)c + HEADER;
}

static struct chunk *at(struct chunk *c, uint32_t offset)
{
	return (struct chunk *)((char *)c + offset);
}

static uint32_t size_of(const struct chunk *c)
{
	return c->size & ~(uint32_t)USED;
}

static bool is_used(const struct chunk *c)
{
	return c->size & USED;
}

/* The bin of a free chunk: sizes in it are at least those of the bins before. */
static unsigned int bin_of(uint32_t size)
{
	unsigned int log;

	if (size <= EXACT_BINS * ALIGN)
		return size / ALIGN - 1;
	log = 31 - (unsigned int)__builtin_clz(size);
	return EXACT_BINS + (log - 8) * 4 + (size >> (log - 2) & 3);
}

static void list_add(struct chunk *c)
{
	unsigned int bin = bin_of(c->size);

	c->next = bins[bin];
	c->link = &bins[bin];
	if (c->next)
		c->next->link = &c->next;
	bins[bin] = c;
	filled[bin / 32] |= 1u << bin % 32;
}

static void list_remove(struct chunk *c)
{
	unsigned int bin = bin_of(c->size);

	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	if (!bins[bin])
		filled[bin / 32] &= ~(1u << bin % 32);
}

/* Makes a chunk of these bytes, and a free one of what remains behind it. */
static void cut(struct chunk *c, uint32_t size)
{
	uint32_t rest = size_of(c) - size;
	struct chunk *r;

	if (rest < SMALLEST)
		return;
	r = at(c, size);
	c->size -= rest;
	r->before = size;
	r->size = rest;
	at(r, rest)->before = rest;
	if (!is_used(at(r, rest))) {
		list_remove(at(r, rest));
		r->size += at(r, rest)->size;
		at(r, r->size)->before = r->size;
	}
	list_add(r);
}

static void release(struct chunk *c)
{
	struct chunk *next;

	c->size &= ~(uint32_t)USED;
	next = at(c, c->size);
	if (!is_used(next)) {
		list_remove(next);
		c->size += next->size;
	}
	if (c->before && !is_used(at(c, -c->before))) {
		uint32_t size = c->size;

		c = at(c, -c->before);
		list_remove(c);
		c->size += size;
	}
	at(c, c->size)->before = c->size;
	list_add(c);
}

/* A free chunk from start to the end of memory, where the last one stays. */
static void add_memory(uintptr_t start, uint32_t before)
{
	uintptr_t end = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE - HEADER;
	struct chunk *c = (struct chunk *)start;

	last = (struct chunk *)end;
	last->size = USED;
	if (end < start + SMALLEST) {
		last = c;
		c->before = before;
		c->size = USED;
		return;
	}
	c->before = before;
	c->size = (uint32_t)(end - start) | USED;
	release(c);
}

/* Behind the program's data, in the memory that it was given at first. */
static void begin(void)
{
	add_memory(((uintptr_t)&__heap_base + HEADER + ALIGN - 1) / ALIGN * ALIGN - HEADER, 0);
}

/* More memory. False when there is none. */
static bool grow(uint32_t size)
{
	uint32_t pages = (uint32_t)(((uint64_t)size + HEADER + PAGE - 1) / PAGE);
	size_t old = __builtin_wasm_memory_grow(0, pages);
	struct chunk *c = last;
	uintptr_t start;

	if (old == (size_t)-1)
		return false;
	start = (uintptr_t)old * PAGE;
	if (start == (uintptr_t)c + HEADER) {
		add_memory((uintptr_t)c, c->before);
		return true;
	}
	/* Somebody else has grown it too: theirs is one used chunk between ours. */
	start += HEADER;
	c->size = (uint32_t)(start - (uintptr_t)c) | USED;
	add_memory(start, size_of(c));
	return true;
}

static struct chunk *find(uint32_t size)
{
	unsigned int bin = bin_of(size), word;
	uint32_t bits;

	/* Of the bin that the size falls into some may be too small, of those above none is. */
	for (struct chunk *c = bins[bin]; c; c = c->next) {
		if (c->size >= size)
			return c;
	}
	bin++;
	for (word = bin / 32; word < sizeof(filled) / sizeof(filled[0]); word++) {
		bits = filled[word];
		if (word == bin / 32)
			bits &= ~0u << bin % 32;
		if (bits)
			return bins[word * 32 + (unsigned int)__builtin_ctz(bits)];
	}
	return NULL;
}

/* The size of a chunk with this payload; 0 when there cannot be one. */
static uint32_t chunk_size(size_t len)
{
	if (len > UINT32_MAX / 2)
		return 0;
	if (len < SMALLEST - HEADER)
		return SMALLEST;
	return (uint32_t)(len + HEADER + ALIGN - 1) / ALIGN * ALIGN;
}

void *malloc(size_t len)
{
	uint32_t size = chunk_size(len);
	struct chunk *c;

	if (!last)
		begin();
	c = size ? find(size) : NULL;
	if (!c && size && grow(size))
		c = find(size);
	if (!c) {
		errno = ENOMEM;
		return NULL;
	}
	list_remove(c);
	c->size |= USED;
	cut(c, size);
	return payload(c);
}

void free(void *p)
{
	if (p)
		release(chunk_of(p));
}

void *calloc(size_t count, size_t each)
{
	size_t len;
	void *p;

	if (__builtin_mul_overflow(count, each, &len)) {
		errno = ENOMEM;
		return NULL;
	}
	p = malloc(len);
	return p ? memset(p, 0, len) : NULL;
}

void *realloc(void *p, size_t len)
{
	uint32_t size = chunk_size(len);
	struct chunk *c, *next;
	void *moved;

	if (!p)
		return malloc(len);
	c = chunk_of(p);
	next = at(c, size_of(c));
	if (size && size_of(c) < size && !is_used(next) && size_of(c) + next->size >= size) {
		list_remove(next);
		c->size += next->size;
		at(c, size_of(c))->before = size_of(c);
	}
	if (size && size_of(c) >= size) {
		cut(c, size);
		return p;
	}
	moved = malloc(len);
	if (!moved)
		return NULL;
	memcpy(moved, p, size_of(c) - HEADER);
	release(c);
	return moved;
}

/* A larger chunk, of which what lies before the first aligned address is given back. */
void *aligned_alloc(size_t align, size_t len)
{
	struct chunk *c, *d;
	uintptr_t p;

	if (align <= ALIGN)
		return malloc(len);
	if ((align & (align - 1)) || len > UINT32_MAX / 2 - align - SMALLEST) {
		errno = align & (align - 1) ? EINVAL : ENOMEM;
		return NULL;
	}
	p = (uintptr_t)malloc(len + align + SMALLEST);
	if (!p)
		return NULL;
	c = chunk_of((void *)p);
	if (p & (align - 1)) {
		/* Far enough that a chunk fits before it. */
		p = (p + SMALLEST + align - 1) & ~(align - 1);
		d = chunk_of((void *)p);
		d->before = (uint32_t)((char *)d - (char *)c);
		d->size = (size_of(c) - d->before) | USED;
		at(d, size_of(d))->before = size_of(d);
		c->size = d->before | USED;
		release(c);
		c = d;
	}
	cut(c, chunk_size(len));
	return payload(c);
}

int posix_memalign(void **ret, size_t align, size_t len)
{
	int saved = errno;
	void *p;

	if (align < sizeof(void *) || (align & (align - 1)))
		return EINVAL;
	p = aligned_alloc(align, len);
	errno = saved;
	if (!p)
		return ENOMEM;
	*ret = p;
	return 0;
}

size_t malloc_usable_size(void *p)
{
	return p ? size_of(chunk_of(p)) - HEADER : 0;
}

/* wasi-libc's other names; without them its own malloc would come in as well. */
void *__libc_malloc(size_t len);
void __libc_free(void *p);
void *__libc_calloc(size_t count, size_t each);
void *__libc_malloc(size_t len) __attribute__((alias("malloc")));
void __libc_free(void *p) __attribute__((alias("free")));
void *__libc_calloc(size_t count, size_t each) __attribute__((alias("calloc")));
