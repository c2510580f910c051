# SPDX-License-Identifier: BSD-2-Clause
# The skeleton has no copy of the object, and says so when its file is gone.
! grep -q 'ELF' embed_file.skel.h || die "the object's bytes are in the skeleton"
rm -r objects
./use gone || die "its user, without the file: $?"
if [[ -e use.wasm ]]; then
	"$WBPF_RUN" --dir . use.wasm gone || die "its user as a module, without the file: $?"
fi
