# SPDX-License-Identifier: BSD-2-Clause
mkdir -p objects
cp embed_file.bpf.o objects/
