"""Asks an index a question, by the C library alone.

    python3 ask.py INDEX LOCALE QUESTION

The shared library is found by the name libhelpdex.so.0, or in $HELPDEX_LIBRARY.
Structures repeat those of <helpdex/search.h> and <helpdex/error.h> field by
field: whoever copies them copies those of the version that they load.
"""

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_bool, c_char, c_char_p, c_double, c_int
from ctypes import c_int64, c_size_t, c_uint, c_void_p


class Error(ctypes.Structure):
    _fields_ = [
        ("status", c_int),
        ("line", c_uint),
        ("column", c_uint),
        ("file", c_char * 512),
        ("message", c_char * 512),
    ]


class Request(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("query", c_char_p),
        ("query_size", c_size_t),
        ("locale", c_char_p),
        ("region", c_char_p),
        ("platform", c_char_p),
        ("app_version", c_char_p),
        ("now", c_int64),
        ("limit", c_uint),
        ("snippet", c_uint),
        ("budget", c_uint),
        ("count_tokens", c_void_p),
        ("count_context", c_void_p),
        ("explain", c_bool),
    ]


class Hit(ctypes.Structure):
    _fields_ = [
        ("rank", c_uint),
        ("id", c_char_p),
        ("section", c_char_p),
        ("locale", c_char_p),
        ("fallback", c_bool),
        ("via", c_char_p),
        ("title", c_char_p),
        ("heading_path", POINTER(c_char_p)),
        ("heading_count", c_size_t),
        ("snippet", c_char_p),
        ("snippet_html", c_char_p),
        ("snippet_begin", c_size_t),
        ("url", c_char_p),
        ("deep_link", c_char_p),
        ("stale", c_void_p),
        ("path", c_char_p),
        ("line", c_uint),
        ("score", c_double),
        ("confidence", c_double),
        ("explanation", c_void_p),
    ]


class HelpdexError(Exception):
    """What the library says: what went wrong; what to try."""


def load():
    name = os.environ.get("HELPDEX_LIBRARY", "libhelpdex.so.0")
    library = ctypes.CDLL(name)
    functions = {
        "helpdex_searcher_open": (c_int, c_char_p, POINTER(c_void_p), POINTER(Error)),
        "helpdex_searcher_free": (None, c_void_p),
        "helpdex_request_init": (None, POINTER(Request)),
        "helpdex_search": (c_int, c_void_p, POINTER(Request), POINTER(c_void_p), POINTER(Error)),
        "helpdex_results_count": (c_size_t, c_void_p),
        "helpdex_results_at": (POINTER(Hit), c_void_p, c_size_t),
        "helpdex_results_free": (None, c_void_p),
        "helpdex_error_format": (c_size_t, POINTER(Error), c_char_p, c_size_t),
    }
    for function, (result, *arguments) in functions.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


class Searcher:
    """The live generation of an index; for one thread at a time."""

    def __init__(self, index):
        self._library = load()
        self._searcher = c_void_p()
        self._call("helpdex_searcher_open", os.fsencode(index), byref(self._searcher))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._library.helpdex_searcher_free(self._searcher)

    def _call(self, function, *arguments):
        error = Error()
        if getattr(self._library, function)(*arguments, byref(error)):
            text = ctypes.create_string_buffer(1200)
            self._library.helpdex_error_format(byref(error), text, len(text))
            raise HelpdexError(text.value.decode(errors="replace"))

    def search(self, query, locale, limit=3):
        """The best sections, as dictionaries: hits are gone with their results."""
        request = Request()
        self._library.helpdex_request_init(byref(request))
        request.query = query.encode()
        request.locale = locale.encode()
        request.limit = limit
        results = c_void_p()
        self._call("helpdex_search", self._searcher, byref(request), byref(results))
        try:
            count = self._library.helpdex_results_count(results)
            hits = [self._library.helpdex_results_at(results, at)[0] for at in range(count)]
            return [
                {
                    "id": hit.id.decode(),
                    "section": hit.section.decode(),
                    "title": hit.title.decode(),
                    "snippet": hit.snippet.decode(),
                    "url": hit.url.decode() if hit.url else None,
                    "confidence": hit.confidence,
                }
                for hit in hits
            ]
        finally:
            self._library.helpdex_results_free(results)


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: ask.py INDEX LOCALE QUESTION")
    try:
        with Searcher(sys.argv[1]) as searcher:
            for rank, hit in enumerate(searcher.search(sys.argv[3], sys.argv[2]), 1):
                print(f"{rank}. {hit['title']} ({hit['id']}#{hit['section']})")
                print(f"   {hit['snippet']}")
    except HelpdexError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
