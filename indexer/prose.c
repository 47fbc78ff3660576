/* What stands between blocks of code. */
#include "indexer/prose.h"

void hdx_prose_count_letters(const hdx_section *section,
                             const hdx_locale *locale, hdx_letter_count *count)
{
    size_t from = 0;
    for (size_t i = 0; i <= section->code_count; i++) {
        bool last = i == section->code_count;
        size_t to = last ? section->text.len : section->code[i].begin;
        hdx_count_letters(count, locale,
                          (hdx_str){section->text.ptr + from, to - from});
        from = last ? to : section->code[i].end;
    }
}
