/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SCALARS_H
#define SCALARS_H

enum color { RED, GREEN };

#endif
