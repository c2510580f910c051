/* SPDX-License-Identifier: BSD-2-Clause */
/* Chains of typedefs; one that hides behind a field of its name in C++. */
typedef unsigned char u8;
typedef u8 bytes_t[6];
typedef bytes_t mac_t;
typedef int handler_t(int, void *);
typedef handler_t *handler_ptr_t;
typedef const volatile unsigned short cv_t;
typedef struct node node_t;

struct node {
	node_t *next;
	mac_t mac;
	handler_ptr_t handler;
	handler_t *direct;
	cv_t cv;
	u8 u8;
	u8 second;
};

node_t node;
