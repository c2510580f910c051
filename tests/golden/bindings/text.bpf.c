// SPDX-License-Identifier: BSD-2-Clause
// The text that all outputs have.
struct event {
	int pid;
};
const struct event *event __attribute__((unused));
