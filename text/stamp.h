/*
 * Whether two analysers cut alike. What was made of the terms of one is of no
 * use to another that cuts the same text otherwise.
 */
#ifndef HDX_STAMP_H
#define HDX_STAMP_H

#include "text/pack.h"

/* The same for packs by which this program, with the ICU that runs, makes the
   same of every text. */
uint64_t hdx_analyser_stamp(const hdx_pack *pack);

#endif
