/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two files of model_check() share; only they include this. */
#ifndef WBPF_BTFGEN_MODEL_CHECK_H
#define WBPF_BTFGEN_MODEL_CHECK_H

#include "base/diag.h"
#include "btfgen/model.h"

/* The part of model_check() that is about what emitters write; the rest has passed. */
int model_check_written(const struct model *m, struct diag *d);

#endif
