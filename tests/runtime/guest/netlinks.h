/* SPDX-License-Identifier: BSD-2-Clause */
/* What both halves of the netlinks test know. */
#ifndef NETLINKS_H
#define NETLINKS_H

enum place {
	AT_FIRST,
	AT_SECOND,
	AT_EGRESS,
	AT_LAST,
	AT_PRIMARY,
	AT_PEER,
	AT_FILTER,
	PLACES,
};

#endif
