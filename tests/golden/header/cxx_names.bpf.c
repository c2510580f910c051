/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that C keeps apart and C++ does not. */
struct kfifo {
	union {
		struct {
			int in;
			char kfifo;
		};
		int *type;
	};
	struct {
		int kfifo; /* in the scope of a struct without a name */
	} inner;
};

union irte {
	struct {
		long irte, irte_;
	};
};

struct direct {
	int direct;
};

struct class {
	struct {
		int class;
	};
};

struct point {
	int x;
};
typedef long point;
typedef struct point pair[2];

struct rect {
	int width;
};
typedef struct rect rect;

int of_both(void)
{
	struct circle {
		int radius;
	};
	typedef struct circle circle;
	circle c = {3};
	{
		typedef long circle;
		static volatile circle other;
		c.radius += other;
	}
	static volatile circle first;
	first.radius = c.radius;
	return first.radius;
}

struct flags {
	struct {
		unsigned flags : 3, rest : 5;
	};
};

struct kfifo kfifo_variable;
union irte irte_variable;
struct direct direct_variable;
struct class class_variable;
point point_variable;
pair pair_variable;
rect rect_variable;
struct flags flags_variable;

typedef enum { OFF, ON } mode;
typedef void (*callback)(int);
typedef struct {
	int x;
} place;

struct hiding {
	mode mode;
	mode old_mode;
	callback callback;
	callback old_callback;
	place place;
	place places[2];
};
struct hiding hiding_variable;
