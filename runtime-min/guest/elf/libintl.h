/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages are not translated. */
#ifndef WBPF_ELF_LIBINTL_H
#define WBPF_ELF_LIBINTL_H

#define dgettext(domain, text) ((char *)(text))

#endif
