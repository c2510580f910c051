/* SPDX-License-Identifier: BSD-2-Clause */
/* Every scalar: those that differ in size between BPF and wasm32 get fixed-width names. */
#include "bpf.h"
#include "scalars.h"

typedef __u64 u64;
typedef unsigned long size_type;
typedef unsigned long uint64_t;
typedef u64 stamp;

enum color tint = GREEN;
enum { OFF, ON = 7 } power;

bool flag;
_Bool other_flag;
char letter = 'x';
signed char tiny;
unsigned char octet;
short s;
unsigned short us;
int i;
unsigned int ui;
long l = -1;
unsigned long ul;
long long ll;
unsigned long long ull = 5;
__u8 u8_;
__u64 kernel_u64;
u64 source_u64;
stamp when;
size_type length;
uint64_t standard;
__be32 address;
__int128 wide;
unsigned __int128 uwide;

const volatile long minimum = 10;
const volatile bool verbose;
const volatile char only_name[16];

char text[5] = "abcd";
long longs[3] = {1, 2, 3};
__u16 grid[2][3];
volatile const int *const unused_pointer;
const void *pointers[2];
int (*callback)(int, const char *);

SEC("raw_tp/x")
int prog(void *ctx)
{
	return !minimum || verbose || only_name[0] || wide;
}
