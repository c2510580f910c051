/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fuzz targets share. A target is a file target_NAME.c with LLVMFuzzerTestOneInput(); it
 * is linked with libFuzzer, or with replay.c to run given files only.
 */
#ifndef WBPF_FUZZ_FUZZ_H
#define WBPF_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"
#include "layoutgen/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process as a crash does, with the text on standard error. */
_Noreturn void fuzz_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* What every failure has to say: a negative errno and one printable line. */
void fuzz_check_failure(int err, const struct diag *d);

/*
 * The bytes as a file that the readers can open: its path, the same for all inputs, is good until
 * the next call with this number (0 or 1).
 */
const char *fuzz_file(unsigned number, const uint8_t *data, size_t size);

/* Reads it as wbpf-gen would and, when it is accepted, checks the object. */
void fuzz_read(const char *path, const struct object_options *options);

/*
 * All that must hold for an object: its model is sound, its layouts are right, and each emitter
 * either says what it cannot do or writes the same bytes twice, of which JSON reads back.
 */
void fuzz_check_object(const struct object *o);

/* JSON of a shape reads back to the same shape. */
void fuzz_check_json(const struct shape *s);

#endif
