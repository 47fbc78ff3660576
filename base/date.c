/* Dates by the calendar that ISO 8601 takes for all years. */
#include "base/date.h"

#include <time.h>

/* Reads `digits` digits at `*at`; false when there are fewer. */
static bool number(hdx_str text, size_t *at, size_t digits, int *out)
{
    *out = 0;
    for (size_t i = 0; i < digits; i++, (*at)++) {
        if (*at >= text.len || text.ptr[*at] < '0' || text.ptr[*at] > '9')
            return false;
        *out = 10 * *out + (text.ptr[*at] - '0');
    }
    return true;
}

static bool sign(hdx_str text, size_t *at, const char *any_of)
{
    if (*at >= text.len || !text.ptr[*at] || !strchr(any_of, text.ptr[*at]))
        return false;
    ++*at;
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Days since 1970; the year begins in March, so that a leap day is its last. */
static int64_t day_of(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t months = (month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * months + 2) / 5 + day -
           1 - 719468;
}

/* `Z`, `+02:00` or `+0200`, in seconds east of UTC. */
static bool read_offset(hdx_str text, size_t *at, int64_t *out)
{
    int hours, minutes = 0;
    *out = 0;
    if (*at == text.len || sign(text, at, "Zz"))
        return true;
    bool west = *at < text.len && text.ptr[*at] == '-';
    if (!sign(text, at, "+-") || !number(text, at, 2, &hours))
        return false;
    sign(text, at, ":");
    if (*at < text.len && !number(text, at, 2, &minutes))
        return false;
    int64_t seconds = 3600L * hours + 60L * minutes;
    *out = west ? -seconds : seconds;
    return hours < 24 && minutes < 60;
}

bool hdx_date_read(hdx_str text, int64_t *out)
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    int64_t east = 0;
    size_t at = 0;
    text = hdx_str_trim(text);
    if (!number(text, &at, 4, &year) || !sign(text, &at, "-") ||
        !number(text, &at, 2, &month) || !sign(text, &at, "-") ||
        !number(text, &at, 2, &day) || month < 1 || month > 12 || day < 1 ||
        day > days_in(year, month))
        return false;
    if (sign(text, &at, "Tt ")) {
        if (!number(text, &at, 2, &hour) || !sign(text, &at, ":") ||
            !number(text, &at, 2, &minute))
            return false;
        if (sign(text, &at, ":") && !number(text, &at, 2, &second))
            return false;
        if (sign(text, &at, "."))
            while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
                at++;
        sign(text, &at, " ");
        if (!read_offset(text, &at, &east))
            return false;
    }
    int64_t minutes = 60 * (24 * day_of(year, month, day) + hour) + minute;
    *out = 60 * minutes + second - east;
    return at == text.len && hour < 24 && minute < 60 && second <= 60;
}

hdx_str hdx_date_write_day(int32_t day, char out[HDX_DAY_TEXT])
{
    const time_t moment = (time_t)day * 86400;
    struct tm parts;
    if (!gmtime_r(&moment, &parts))
        return HDX_STR("");
    return (hdx_str){out, strftime(out, HDX_DAY_TEXT, "%Y-%m-%d", &parts)};
}
