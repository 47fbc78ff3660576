/* Reading the lists of front matter and rules. */
#include "search/audience.h"

bool hdx_audience_names(hdx_str list, const char *who)
{
    hdx_str line;
    while (who && hdx_str_line(&list, &line))
        if (!hdx_str_starts(line, HDX_STR("-")) &&
            hdx_str_eq_nocase(line, hdx_str_of(who)))
            return true;
    return false;
}

bool hdx_audience_admits(hdx_str list, const char *who)
{
    bool names_some = false;
    hdx_str line;
    if (!who || hdx_audience_names(list, who))
        return true;
    while (hdx_str_line(&list, &line)) {
        if (!hdx_str_starts(line, HDX_STR("-"))) {
            names_some = true;
            continue;
        }
        line = (hdx_str){line.ptr + 1, line.len - 1};
        if (hdx_str_eq_nocase(line, hdx_str_of(who)))
            return false;
    }
    return !names_some;
}
