/* Randomness of the kernel, which waits until there is some. */
#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

helpdex_status hdx_random(void *bytes, size_t count, helpdex_error *err)
{
    for (size_t have = 0; have < count;) {
        ssize_t got = getrandom((char *)bytes + have, count - have, 0);
        if (got < 0 && errno != EINTR)
            return hdx_fail(err, HELPDEX_IO, "no random bytes: %s; try again",
                            strerror(errno));
        have += got > 0 ? (size_t)got : 0;
    }
    return HELPDEX_OK;
}
