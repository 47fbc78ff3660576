"""Makes up secrets for bench/redaction, a line each: `class<TAB>text`.

    redaction_cases.py COUNT [SEED]

Addresses of mail, phones, cards, accounts, addresses and keys of coins, and
seed phrases of every list, by the rules of their standards and not by the code
that looks for them; dressed as people and their devices write them, and put
into sentences. What bench/redaction does not touch of these, it has missed.
"""
import base64
import hashlib
import os
import random
import sys
import unicodedata

BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
DIGITS = "0123456789"
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LISTS = os.path.join(os.path.dirname(__file__), "..", "insights", "bip39")
rnd = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)


def some(count):
    return bytes(rnd.randrange(256) for _ in range(count))


def any_of(alphabet, count):
    return "".join(rnd.choice(alphabet) for _ in range(count))


def base58(data, alphabet=BITCOIN):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return alphabet[0] * (len(data) - len(data.lstrip(b"\0"))) + text


def base58_check(data, alphabet=BITCOIN):
    twice = hashlib.sha256(hashlib.sha256(data).digest()).digest()
    return base58(data + twice[:4], alphabet)


def polymod(values, factors, bits):
    total = 1
    for value in values:
        top = total >> bits
        total = (total & ((1 << bits) - 1)) << 5 ^ value
        for i, factor in enumerate(factors):
            total ^= factor if top >> i & 1 else 0
    return total


def bech32(prefix, data, constant):
    factors = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]
    spread = [ord(c) >> 5 for c in prefix] + [0]
    spread += [ord(c) & 31 for c in prefix]
    check = polymod(spread + data + [0] * 6, factors, 25) ^ constant
    data = data + [check >> 5 * (5 - i) & 31 for i in range(6)]
    return prefix + "1" + "".join(BECH32[d] for d in data)


def cash_address():
    factors = [0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8,
               0x1E4F43E470]
    data = [0, 0] + fives(32)
    values = [ord(c) & 31 for c in "bitcoincash"] + [0] + data + [0] * 8
    check = polymod(values, factors, 35) ^ 1
    data += [check >> 5 * (7 - i) & 31 for i in range(8)]
    prefix = rnd.choice(["bitcoincash:", ""])
    return prefix + "".join(BECH32[d] for d in data)


def fives(count):
    return [rnd.randrange(32) for _ in range(count)]


def crc16(data):
    total = 0
    for byte in data:
        total ^= byte << 8
        for _ in range(8):
            total = total << 1 ^ (0x1021 if total & 0x8000 else 0)
        total &= 0xFFFF
    return total


def stellar():
    data = bytes([6 << 3]) + some(32)
    data += crc16(data).to_bytes(2, "little")
    return base64.b32encode(data).decode()


def ton():
    data = bytes([rnd.choice([0x11, 0x51]), 0]) + some(32)
    data += crc16(data).to_bytes(2, "big")
    return base64.urlsafe_b64encode(data).decode()


def polkadot():
    data = bytes([rnd.choice([0, 2, 42])]) + some(32)
    check = hashlib.blake2b(b"SS58PRE" + data, digest_size=64).digest()
    return base58(data + check[:2])


def ethereum():
    """Upper and lower case as they come: any are forty digits."""
    return "0x" + any_of("0123456789abcdefABCDEF", 40)


def coded(*heads):
    return lambda: base58_check(bytes.fromhex(rnd.choice(heads)) + some(20))


COINS = {
    "bitcoin": coded("00", "05"),
    "litecoin": coded("30", "32"),
    "dogecoin": coded("1e"),
    "dash": coded("4c"),
    "zcash": coded("1cb8"),
    "tron": coded("41"),
    "tezos": coded("06a19f"),
    "ripple": lambda: base58_check(b"\0" + some(20), RIPPLE),
    "segwit": lambda: bech32("bc", [0] + fives(rnd.choice([32, 52])), 1),
    "taproot": lambda: bech32("bc", [1] + fives(52), 0x2BC830A3),
    "cosmos": lambda: bech32("cosmos", fives(32), 1),
    "cardano": lambda: bech32("addr", fives(92), 1),
    "loud": lambda: bech32("bc", [0] + fives(32), 1).upper(),
    "ethereum": ethereum,
    "cash": cash_address,
    "stellar": stellar,
    "ton": ton,
    "polkadot": polkadot,
    "solana": lambda: base58(some(32)),
    "key": lambda: base58_check(b"\x80" + some(32) + rnd.choice([b"", b"\1"])),
    "xprv": lambda: base58_check(bytes.fromhex("0488ade4") + some(74)),
    "hash": lambda: some(32).hex(),
}

CARDS = [("4", 16), ("51", 16), ("2221", 16), ("37", 15), ("6011", 16),
         ("3530", 16), ("62", 19), ("36", 14), ("2200", 16), ("5018", 16),
         ("9792", 16), ("6304", 18)]


def card():
    begin, length = rnd.choice(CARDS)
    text = begin + any_of(DIGITS, length - 1 - len(begin))
    total = 0
    for i, digit in enumerate(reversed(text)):
        value = int(digit) * (1 if i % 2 else 2)
        total += value - 9 if value > 9 else value
    return text + str(-total % 10)


ACCOUNTS = {"DE": "n18", "GB": "a4 n14", "FR": "n10 c11 n2", "ES": "n20",
            "IT": "a1 n10 c12", "NL": "a4 n10", "CH": "n5 c12", "PL": "n24",
            "TR": "n6 c16", "SA": "n2 c18", "AE": "n19", "UA": "n6 c19",
            "BR": "n23 a1 c1", "NO": "n11", "KZ": "n3 c13", "QA": "a4 c21"}


def account():
    country = rnd.choice(list(ACCOUNTS))
    kinds = {"n": DIGITS, "a": UPPER, "c": DIGITS + UPPER}
    text = "".join(any_of(kinds[part[0]], int(part[1:]))
                   for part in ACCOUNTS[country].split())
    number = "".join(str(int(c, 36)) for c in text + country + "00")
    return f"{country}{98 - int(number) % 97:02d}{text}"


def email():
    name = rnd.choice(["jo", "anna.maria", "müller", "j_o+tag", "иван", "王伟",
                       "x.y.z", "ali92"])
    return name + "@" + rnd.choice(["example.com", "mail.example.co.uk",
                                    "пример.рф", "例え.jp", "gmail.com"])


def phone():
    code = rnd.choice(["1", "44", "49", "86", "91", "81", "90", "971", "66"])
    return rnd.choice([
        "+" + code + "5" + any_of(DIGITS, 9),
        "+49 15" + any_of(DIGITS, 1) + " " + any_of(DIGITS, 7),
        "+1 (415) 5" + any_of(DIGITS, 2) + "-" + any_of(DIGITS, 4),
        "0044 20 7" + any_of(DIGITS, 3) + " " + any_of(DIGITS, 4),
        "0" + rnd.choice("127") + any_of(DIGITS, 2) + " " + any_of(DIGITS, 7),
        "1" + rnd.choice("3456789") + any_of(DIGITS, 9)])


def phrase(words):
    count = rnd.choice([12, 15, 18, 21, 24])
    entropy = some(count * 4 // 3)
    digest = hashlib.sha256(entropy).digest()[0]
    bits = "".join(f"{byte:08b}" for byte in entropy)
    bits += f"{digest:08b}"[:count // 3]
    return [words[int(bits[i * 11:i * 11 + 11], 2)] for i in range(count)]


BETWEEN = [" ", ", ", "\u2028", "\u3000", "-", "\t", "", " . ", "  ", " | ",
           "; ", " → ", "/", "，", None]


def dress_phrase(words):
    case = rnd.random()
    if case < 0.2:
        words = [w.upper() if case < 0.1 else w.capitalize() for w in words]
    if rnd.random() < 0.3:
        words = [unicodedata.normalize("NFC", w) for w in words]
    between = rnd.choice(BETWEEN)
    if between is not None:
        return between.join(words)
    return " ".join(f"{i + 1}. {word}" for i, word in enumerate(words))


INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060\u00ad"


def dress(text, in_fours, digits):
    how = rnd.random()
    if how < 0.1:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c
                       for c in text)
    if how < 0.2:
        return "".join(c + (rnd.choice(INVISIBLE) if rnd.random() < 0.15
                            else "") for c in text[:-1]) + text[-1]
    if how < 0.3 and digits:
        zero = rnd.choice([0x660, 0x6F0, 0x966, 0xE50])
        return "".join(chr(zero + int(c)) if c in DIGITS else c for c in text)
    if how < 0.6 and in_fours:
        between = rnd.choice([" ", "-", "\u00a0", "\u2009"])
        return between.join(text[i:i + 4] for i in range(0, len(text), 4))
    return text


AROUND = [("", ""), ("my details: ", " please help"), ("(", ")"),
          ("I sent it to ", " yesterday, where is my money?"),
          ("Mein Konto ist ", " und nichts geht"), ("我的信息是", "，怎么办？"),
          ("我的助记词是", "怎么办？"), ("私のは", "です。助けてください"),
          ("내 것은 ", "입니다"), ("بياناتي ", " ساعدوني"),
          ("мой ", " не работает"), ("ของฉันคือ ", " ช่วยด้วย"),
          ("Mi cuenta: ", ". Gracias"), ("मेरा ", " है"), ("הפרטים: ", ""),
          ("c’est ", ", merci"), ("số: ", " nhé")]


def sentence(text):
    before, behind = rnd.choice(AROUND)
    return before + text + behind


def main():
    lists = {}
    for name in sorted(os.listdir(LISTS)):
        if name.endswith(".txt"):
            with open(os.path.join(LISTS, name), encoding="utf-8") as file:
                lists[name[:-4]] = file.read().split()
    makers = [
        lambda: ("email", dress(email(), False, False)),
        lambda: ("phone", dress(phone(), False, True)),
        lambda: ("card", dress(card(), True, True)),
        lambda: ("account", dress(account(), True, True)),
        lambda: (coin := rnd.choice(list(COINS)),
                 dress(COINS[coin](), False, False)),
        lambda: (name := rnd.choice(list(lists)),
                 dress_phrase(phrase(lists[name])))]
    for i in range(int(sys.argv[1])):
        kind, text = makers[i % len(makers)]()
        print(f"{kind}\t{sentence(text)}")


main()
