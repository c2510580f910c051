// SPDX-License-Identifier: BSD-2-Clause
/* make_netkit NAME PEER: a pair of netkit devices, which ip(8) of Debian 12 does not know. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* From the kernel's if_link.h, which may be older than netkit: IFLA_NETKIT_PEER_INFO. */
enum { PEER_INFO = 1 };

struct request {
	struct nlmsghdr head;
	struct ifinfomsg link;
	char room[512];
};

static struct rtattr *add(struct request *r, int type, const void *data, size_t size)
{
	struct rtattr *a = (struct rtattr *)((char *)r + NLMSG_ALIGN(r->head.nlmsg_len));

	a->rta_type = (unsigned short)type;
	a->rta_len = (unsigned short)RTA_LENGTH(size);
	if (size)
		memcpy(RTA_DATA(a), data, size);
	r->head.nlmsg_len = NLMSG_ALIGN(r->head.nlmsg_len) + RTA_ALIGN(a->rta_len);
	return a;
}

static void end(struct request *r, struct rtattr *a)
{
	a->rta_len = (unsigned short)((char *)r + r->head.nlmsg_len - (char *)a);
}

static void describe(struct request *r, const char *name, const char *peer)
{
	const struct ifinfomsg nothing = {0};
	struct rtattr *info, *data, *other;

	add(r, IFLA_IFNAME, name, strlen(name) + 1);
	info = add(r, IFLA_LINKINFO, NULL, 0);
	add(r, IFLA_INFO_KIND, "netkit", sizeof("netkit"));
	data = add(r, IFLA_INFO_DATA, NULL, 0);
	other = add(r, PEER_INFO, &nothing, sizeof(nothing));
	add(r, IFLA_IFNAME, peer, strlen(peer) + 1);
	end(r, other);
	end(r, data);
	end(r, info);
}

/* The kernel's answer: 0 or a negative errno. */
static int ask(const struct request *r)
{
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char room[1024];
	} answer;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int err = -EIO;

	if (fd < 0 || send(fd, r, r->head.nlmsg_len, 0) < 0)
		err = -errno;
	else if (recv(fd, &answer, sizeof(answer), 0) > 0 && answer.head.nlmsg_type == NLMSG_ERROR)
		err = answer.error.error;
	if (fd >= 0)
		close(fd);
	return err;
}

int main(int argc, char **argv)
{
	struct request r = {
		.head.nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)),
		.head.nlmsg_type = RTM_NEWLINK,
		.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
	};
	int err;

	if (argc != 3 || strlen(argv[1]) > 15 || strlen(argv[2]) > 15)
		return 2;
	describe(&r, argv[1], argv[2]);
	err = ask(&r);
	if (err)
		fprintf(stderr, "make_netkit: %s\n", strerror(-err));
	return err ? 1 : 0;
}
