/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/features.h"

#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include "host/log.h"

/*
 * libbpf's own, of its static library (libbpf_internal.h): with cache NULL an answer is kept for
 * the process. A number that means something else in another release only asks another question;
 * all releases that have the function have more than these.
 */
struct kern_feature_cache;
bool feat_supported(struct kern_feature_cache *cache, unsigned int feature);

/* enum kern_feature_id: names, global data, all of BTF's kinds, mapped arrays, attach types,
 * bpf_probe_read_kernel(), bound maps, perf links, accounting, cookies. */
static const unsigned char features[] = {0, 1,  2,  3,  4,  5,  6,  7,  8,
					 9, 11, 12, 13, 14, 15, 16, 17, 21};

void features_ask(void)
{
	struct log said;

	if (geteuid())
		return;
	log_init(&said);
	log_capture(&said);
	for (size_t i = 0; i < sizeof(features); i++)
		feat_supported(NULL, features[i]);
	log_capture(NULL);
	log_clear(&said);
}
