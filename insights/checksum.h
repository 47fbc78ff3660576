/* The checksums that numbers of cards, accounts and coins carry. */
#ifndef HDX_CHECKSUM_H
#define HDX_CHECKSUM_H

#include "base/str.h"

/* Of digits alone. */
bool hdx_checksum_luhn(hdx_str digits);

/* An IBAN without spaces, letters in upper case: MOD 97-10 of ISO 7064. */
bool hdx_checksum_iban(hdx_str iban);

/* Bech32 or bech32m (BIP-173, BIP-350), in one case. */
bool hdx_checksum_bech32(hdx_str text);

/*
 * Base58 with four bytes of double SHA-256 behind the payload, in Bitcoin's
 * alphabet or, with `ripple`, in that of the XRP Ledger. Returns the length of
 * the payload, 0 when the checksum is wrong; its first byte in `*version`.
 */
size_t hdx_checksum_base58(hdx_str text, bool ripple, unsigned char *version);

/* An address of TON: 36 bytes in base64, either alphabet, the last two of them
   a CRC-16 of the others (CCITT, from 0). */
enum { HDX_TON_CHARACTERS = 48 };
bool hdx_checksum_ton(const char text[HDX_TON_CHARACTERS]);

#endif
