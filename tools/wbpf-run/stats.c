/* SPDX-License-Identifier: BSD-2-Clause */
#include "stats.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "host/signals.h"
#include "host/stats.h"
#include "stats_form.h"

struct stats_watch {
	struct report *report;
	uint64_t started, cpu_before; /* ns */
	pthread_t thread;
	int event_fd; /* counts SIGUSR1 */
	bool ending;
	pthread_mutex_t lock; /* of runtime */
	struct runtime *runtime;
};

static void print_text(struct stats_watch *w, struct runtime *r)
{
	struct strbuf out = {0};
	struct stats_text t = {.out = &out, .started = w->started};

	stats_text_begin(&t, w->cpu_before);
	if (r)
		runtime_stats(r, stats_text_module, &t);
	report_block(w->report, strbuf_str(&out), out.len);
	strbuf_free(&out);
}

static void print_json(struct stats_watch *w, struct runtime *r)
{
	struct stats_json j = {.started = w->started};

	stats_json_begin(&j, w->cpu_before);
	if (r)
		runtime_stats(r, stats_json_module, &j);
	report_object(w->report, "statistics", j.object);
}

void stats_watch_print(struct stats_watch *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	if (w->report->json)
		print_json(w, w->runtime);
	else
		print_text(w, w->runtime);
	pthread_mutex_unlock(&w->lock);
}

/* SIGUSR1 comes to this thread alone, so that it ends no call of a module's. */
static void *watch(void *from)
{
	struct stats_watch *w = from;
	sigset_t set;
	uint64_t count;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	for (;;) {
		ssize_t n = read(w->event_fd, &count, sizeof(count));
		if (__atomic_load_n(&w->ending, __ATOMIC_SEQ_CST))
			return NULL;
		if (n == sizeof(count))
			stats_watch_print(w);
	}
}

static int start_thread(struct stats_watch *w)
{
	sigset_t mine;

	signals_block(&mine);
	int err = pthread_create(&w->thread, NULL, watch, w);
	sigaddset(&mine, SIGUSR1);
	pthread_sigmask(SIG_SETMASK, &mine, NULL);
	return -err;
}

int stats_watch_new(struct report *report, uint64_t started, struct stats_watch **ret)
{
	struct stats_watch *w = calloc(1, sizeof(*w));
	struct timespec cpu;

	if (!w)
		return -ENOMEM;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	w->cpu_before = (uint64_t)cpu.tv_sec * 1000000000 + (uint64_t)cpu.tv_nsec;
	w->report = report;
	w->started = started;
	pthread_mutex_init(&w->lock, NULL);
	w->event_fd = eventfd(0, EFD_CLOEXEC);
	int err = w->event_fd < 0 ? -errno : start_thread(w);
	if (err) {
		if (w->event_fd >= 0)
			close(w->event_fd);
		free(w);
		return err;
	}
	signals_tell(SIGUSR1, w->event_fd);
	signals_end(1u << (SIGINT - 1) | 1u << (SIGTERM - 1) | 1u << (SIGHUP - 1) |
		    1u << (SIGQUIT - 1));
	*ret = w;
	return 0;
}

void stats_watch_runtime(struct stats_watch *w, struct runtime *r)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->runtime = r;
	pthread_mutex_unlock(&w->lock);
}

/* The descriptor stays: the signal's handler knows it. */
void stats_watch_free(struct stats_watch *w)
{
	uint64_t one = 1;

	if (!w)
		return;
	__atomic_store_n(&w->ending, true, __ATOMIC_SEQ_CST);
	ssize_t n = write(w->event_fd, &one, sizeof(one));
	(void)n;
	pthread_join(w->thread, NULL);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
