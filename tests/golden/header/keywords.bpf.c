/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that are keywords: of C++, and of C when the BTF comes from another language. */
struct class_ {
	int a;
};

struct class {
	int new;
	int new_;
	struct {
		int this;
	} template;
	unsigned private : 3;
	int typename[2];
};

enum namespace { delete, using = 5 };

typedef int virtual;

struct holder {
	struct class class;
	struct class_ class_;
	enum namespace namespace;
	virtual virtual;
};

struct holder holder;
