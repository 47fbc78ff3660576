/*
 * Digests of bytes and of files. Their only use is to notice change and
 * damage; nothing here guards a secret.
 */
#include "base/digest.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/file.h"

enum { THREADS_MOST = 4 };

void hdx_digest_start(struct sha256_ctx *context)
{
    sha256_init(context);
}

void hdx_digest_add(struct sha256_ctx *context, hdx_str text)
{
    uint8_t length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (uint8_t)((uint64_t)text.len >> (8 * i));
    sha256_update(context, sizeof length, length);
    sha256_update(context, text.len, (const uint8_t *)text.ptr);
}

hdx_digest hdx_digest_hex(const uint8_t bytes[SHA256_DIGEST_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    hdx_digest digest = {{0}};
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
        digest.hex[2 * i] = digits[bytes[i] >> 4];
        digest.hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    return digest;
}

hdx_digest hdx_digest_end(struct sha256_ctx *context)
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof bytes, bytes);
    return hdx_digest_hex(bytes);
}

hdx_digest hdx_digest_of(hdx_str text)
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, text.len, (const uint8_t *)text.ptr);
    return hdx_digest_end(&context);
}

static void add_block(void *context, hdx_str block)
{
    sha256_update(context, block.len, (const uint8_t *)block.ptr);
}

/* By reading, not by mapping: a bad disk must be an error and not a signal. */
helpdex_status hdx_digest_file(const char *path, hdx_digest *digest,
                               uint64_t *size, helpdex_error *err)
{
    struct sha256_ctx context;
    sha256_init(&context);
    helpdex_status status =
        hdx_file_blocks(path, add_block, &context, size, err);
    *digest = hdx_digest_end(&context);
    return status;
}

helpdex_status hdx_digest_copy(const char *from, const char *to,
                               hdx_digest *digest, helpdex_error *err)
{
    struct sha256_ctx context;
    sha256_init(&context);
    helpdex_status status = hdx_file_copy(from, to, add_block, &context, err);
    *digest = hdx_digest_end(&context);
    return status;
}

/* Files that several threads take one after the other. */
typedef struct queue {
    hdx_digest_job *jobs;
    size_t count;
    atomic_size_t next;
} queue;

static void *work(void *context)
{
    queue *q = context;
    for (size_t at; (at = atomic_fetch_add(&q->next, 1)) < q->count;) {
        hdx_digest_job *job = &q->jobs[at];
        job->err = (helpdex_error){0};
        hdx_digest_file(job->path, &job->digest, &job->size, &job->err);
    }
    return NULL;
}

/* One thread is this one; where no more can be had, it does all. */
void hdx_digest_files(hdx_digest_job *jobs, size_t count)
{
    pthread_t threads[THREADS_MOST];
    queue q = {.jobs = jobs, .count = count};
    long here = count > 1 ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
    size_t most = here > THREADS_MOST ? THREADS_MOST : (size_t)here;
    size_t started = 0;
    most = most < count ? most : count;
    while (started + 1 < most &&
           pthread_create(&threads[started], NULL, work, &q) == 0)
        started++;
    work(&q);
    while (started)
        pthread_join(threads[--started], NULL);
}
