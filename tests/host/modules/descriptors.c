/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that name the host's descriptors must not be loaded. */
#include <linux/bpf.h>
#include <stdlib.h>

#include "host.h"

static uint8_t raw_map[] __attribute__((aligned(8))) = {
#embed DESCRIPTORS_FILE
};

static const uint8_t syscalls[] __attribute__((aligned(8))) = {
#embed SYSCALLS_FILE
};

static int32_t load(const uint8_t *bytes, uint32_t len)
{
	int32_t object = h_object_open(A(bytes), len, 0, 0);

	OK(object);
	int32_t err = h_object_load(object), prog = h_object_child(object, WBPF_KIND_PROG, 0);
	struct wbpf_prog_info info = {0};

	/* Nothing of it may stay loaded. */
	EQ(h_get(prog, WBPF_KEY_INFO, A(&info), sizeof(info)), sizeof(info));
	EQ(info.state & WBPF_PROG_LOADED, 0);
	union bpf_attr run = {.test = {.prog_fd = (uint32_t)prog}};
	EQ(h_bpf(BPF_PROG_TEST_RUN, A(&run), sizeof(run)), L_EBADF);
	EQ(h_close(object), 0);
	return err;
}

/* Every number that a descriptor of the host may have; one of them is a map. */
static int guess_descriptors(void)
{
	static const uint8_t wanted[] = {0x18, 0x11, 0, 0, 0x44, 0x33, 0x22, 0x11};
	union bpf_attr a = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
	int32_t map = h_bpf(BPF_MAP_CREATE, A(&a), sizeof(a));
	size_t at = 0;
	int refused = 0;

	if (map == L_EPERM)
		return 77;
	OK(map);
	while (at < sizeof(raw_map) && memcmp(raw_map + at, wanted, sizeof(wanted)))
		at++;
	EQ(at < sizeof(raw_map), 1);
	for (uint32_t fd = 0; fd < 64; fd++) {
		memcpy(raw_map + at + 4, &fd, sizeof(fd));
		int32_t err = load(raw_map, sizeof(raw_map));
		BAD(err);
		refused += err == L_EPERM;
	}
	EQ(refused, 1);
	EQ(h_close(map), 0);
	return 0;
}

int main(void)
{
	begin();
	if (guess_descriptors() == 77) {
		puts("SKIP: this machine does not let this user load BPF programs");
		return 77;
	}
	EQ(load(syscalls, sizeof(syscalls)), L_EPERM);
	return end();
}
