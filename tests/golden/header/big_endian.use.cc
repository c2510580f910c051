// SPDX-License-Identifier: BSD-2-Clause
// C++ converts by itself, and fields that are volatile as well.
#include "big_endian.h"

#include <cstring>

static const unsigned char pid_bytes[] = {0x12, 0x34, 0x56, 0x78};

template <typename Event> static int fields(Event &e, const struct event &bytes)
{
	e.pid = 0x12345678;
	if (std::memcmp(const_cast<const char *>(reinterpret_cast<const volatile char *>(&bytes)) +
				4,
			pid_bytes, sizeof(pid_bytes)))
		return __LINE__;
	if (e.pid != 0x12345678 || wbpf_get(e.pid) != 0x12345678)
		return __LINE__;
	wbpf_set(e.port, -3);
	if (e.port != -3)
		return __LINE__;
	e.a = 9;
	e.b = 0xabc;
	if (e.a != 9 || e.b != 0xabc)
		return __LINE__;
	e.mean = 0.5;
	return e.mean == 0.5 ? 0 : __LINE__;
}

int main()
{
	static struct event e;
	volatile struct event &changing = e;

	int line = fields(e, e);
	return line ? line : fields(changing, e);
}
