// SPDX-License-Identifier: BSD-2-Clause
/*
 * In place of wasi-libc's, which does not know the numbers that only <errno.h> here has. In the
 * words of a Linux system, so that programs print what they print there.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

/* By number: WASI counts its errnos in the order of their names. */
static const char texts[] = "Success\0"
			    "Argument list too long\0"
			    "Permission denied\0"
			    "Address already in use\0"
			    "Cannot assign requested address\0"
			    "Address family not supported by protocol\0"
			    "Resource temporarily unavailable\0"
			    "Operation already in progress\0"
			    "Bad file descriptor\0"
			    "Bad message\0"
			    "Device or resource busy\0"
			    "Operation canceled\0"
			    "No child processes\0"
			    "Software caused connection abort\0"
			    "Connection refused\0"
			    "Connection reset by peer\0"
			    "Resource deadlock avoided\0"
			    "Destination address required\0"
			    "Numerical argument out of domain\0"
			    "Disk quota exceeded\0"
			    "File exists\0"
			    "Bad address\0"
			    "File too large\0"
			    "No route to host\0"
			    "Identifier removed\0"
			    "Invalid or incomplete multibyte or wide character\0"
			    "Operation now in progress\0"
			    "Interrupted system call\0"
			    "Invalid argument\0"
			    "Input/output error\0"
			    "Transport endpoint is already connected\0"
			    "Is a directory\0"
			    "Too many levels of symbolic links\0"
			    "Too many open files\0"
			    "Too many links\0"
			    "Message too long\0"
			    "Multihop attempted\0"
			    "File name too long\0"
			    "Network is down\0"
			    "Network dropped connection on reset\0"
			    "Network is unreachable\0"
			    "Too many open files in system\0"
			    "No buffer space available\0"
			    "No such device\0"
			    "No such file or directory\0"
			    "Exec format error\0"
			    "No locks available\0"
			    "Link has been severed\0"
			    "Cannot allocate memory\0"
			    "No message of desired type\0"
			    "Protocol not available\0"
			    "No space left on device\0"
			    "Function not implemented\0"
			    "Transport endpoint is not connected\0"
			    "Not a directory\0"
			    "Directory not empty\0"
			    "State not recoverable\0"
			    "Socket operation on non-socket\0"
			    "Operation not supported\0"
			    "Inappropriate ioctl for device\0"
			    "No such device or address\0"
			    "Value too large for defined data type\0"
			    "Owner died\0"
			    "Operation not permitted\0"
			    "Broken pipe\0"
			    "Protocol error\0"
			    "Protocol not supported\0"
			    "Protocol wrong type for socket\0"
			    "Numerical result out of range\0"
			    "Read-only file system\0"
			    "Illegal seek\0"
			    "No such process\0"
			    "Stale file handle\0"
			    "Connection timed out\0"
			    "Text file busy\0"
			    "Invalid cross-device link\0"
			    "Permission denied\0"
			    /* those of more[] */
			    "Block device required\0"
			    "No data available\0"
			    "Timer expired\0"
			    "Machine is not on the network\0"
			    "Communication error on send\0"
			    "File descriptor in bad state\0"
			    "Interrupted system call should be restarted\0"
			    "Too many users\0"
			    "Socket type not supported\0"
			    "Protocol family not supported\0"
			    "Cannot send after transport endpoint shutdown\0"
			    "Host is down\0"
			    "Structure needs cleaning\0"
			    "Remote I/O error\0"
			    "Required key not available";

enum { FIRST_MORE = ENOTCAPABLE + 1 };
_Static_assert(E2BIG == 1 && EINVAL == 28 && EPERM == 63 && EXDEV == 75 && FIRST_MORE == 77,
	       "the order of texts[]");

/* Those that WASI has no number for, without what __WBPF_ERRNO() adds. */
#define MORE(number) ((number) - __WBPF_ERRNO(0))
static const unsigned char more[] = {
	MORE(ENOTBLK),   MORE(ENODATA),   MORE(ETIME),   MORE(ENONET),          MORE(ECOMM),
	MORE(EBADFD),    MORE(ERESTART),  MORE(EUSERS),  MORE(ESOCKTNOSUPPORT), MORE(EPFNOSUPPORT),
	MORE(ESHUTDOWN), MORE(EHOSTDOWN), MORE(EUCLEAN), MORE(EREMOTEIO),       MORE(ENOKEY),
};

/* Where a number's text stands in texts[]; -1: nowhere. */
static int index_of(int number)
{
	if (number >= 0 && number < FIRST_MORE)
		return number;
	for (size_t i = 0; i < sizeof(more); i++)
		if (number == __WBPF_ERRNO(more[i]))
			return FIRST_MORE + (int)i;
	return -1;
}

char *strerror(int number)
{
	static char unknown[32];
	const char *text = texts;
	int index = index_of(number);

	if (index < 0) {
		snprintf(unknown, sizeof(unknown), "Unknown error %d", number);
		return unknown;
	}
	while (index--)
		text += strlen(text) + 1;
	return (char *)text;
}

char *strerror_l(int number, locale_t locale)
{
	return strerror(number);
}
