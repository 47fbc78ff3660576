/*
 * The engine on Xapian, and the only C++ of the project. Every entry is
 * extern "C" and noexcept; one guard turns every exception into a status.
 * Refuses to read text or queries: it takes terms and trees alone.
 *
 * Commits every 1,000 documents: measured faster than one flush at the end
 * (2.1 s against 3.2 s for 10,000 passages), and it bounds the memory.
 */
extern "C" {
#include "base/file.h"
#include "store/engine.h"
}

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>
#include <xapian.h>

namespace {

constexpr unsigned DOCUMENTS_PER_FLUSH = 1000;

helpdex_status fail(helpdex_error *err, helpdex_status status, const char *what,
                    const char *remedy)
{
    return hdx_fail(err, status, "%s; %s", what, remedy);
}

/* Runs `work`, which returns a status; no exception gets past. */
template <typename Work>
helpdex_status guard(helpdex_error *err, Work work) noexcept
{
    const char *const rebuild = "rebuild it with helpdex index KB_DIR";
    try {
        return work();
    } catch (const Xapian::DatabaseLockError &e) {
        return fail(err, HELPDEX_IN_USE, e.get_msg().c_str(),
                    "wait for the other process");
    } catch (const Xapian::DatabaseVersionError &e) {
        return fail(err, HELPDEX_INCOMPATIBLE, e.get_msg().c_str(), rebuild);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, HELPDEX_DAMAGED, e.get_msg().c_str(), rebuild);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, HELPDEX_NOT_FOUND, e.get_msg().c_str(), rebuild);
    } catch (const Xapian::DatabaseModifiedError &e) {
        return fail(err, HELPDEX_STORE, e.get_msg().c_str(),
                    "open the index again");
    } catch (const Xapian::Error &e) {
        if (e.get_error_string()) /* the system failed, not the index */
            return hdx_fail(err, HELPDEX_IO,
                            "%s: %s; free some disk space, or check who may "
                            "write there",
                            e.get_msg().c_str(), e.get_error_string());
        return fail(err, HELPDEX_STORE, e.get_msg().c_str(), rebuild);
    } catch (const std::bad_alloc &) {
        return hdx_fail_nomem(err);
    } catch (const std::exception &e) {
        return fail(err, HELPDEX_STORE, e.what(), rebuild);
    } catch (...) {
        return fail(err, HELPDEX_STORE, "unknown fault of the engine", rebuild);
    }
}

std::string text_of(hdx_str s)
{
    return std::string(s.ptr, s.len);
}

Xapian::Query tree_of(const hdx_query &node)
{
    Xapian::Query query;
    if (node.op == HDX_QUERY_TERM) {
        query = Xapian::Query(text_of(node.term));
    } else {
        std::vector<Xapian::Query> children;
        children.reserve(node.count);
        for (size_t i = 0; i < node.count; i++)
            children.push_back(tree_of(node.children[i]));
        query =
            Xapian::Query(node.op == HDX_QUERY_OR ? Xapian::Query::OP_OR
                                                  : Xapian::Query::OP_AND_MAYBE,
                          children.begin(), children.end());
    }
    if (node.weight == 1.0)
        return query;
    return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, node.weight);
}

} // namespace

/*
 * The first eight bytes of a term as a number. Xapian keeps terms in sorted
 * trees, and adding a document's terms nearly in order is a sixth faster.
 */
static uint64_t order_of(hdx_str term)
{
    unsigned char bytes[8] = {0};
    memcpy(bytes, term.ptr, std::min(term.len, sizeof bytes));
    uint64_t key = 0;
    for (unsigned char byte : bytes)
        key = key << 8 | byte;
    return key;
}

/*
 * Takes out what Xapian draws at random for each database, to tell replicas
 * apart (of its header the bytes 16 to 31): the same documents are the same
 * file, so that an index that was built in steps can be compared with one that
 * was built at once.
 */
static helpdex_status remove_identity(const std::string &path,
                                      helpdex_error *err)
{
    constexpr char none[16] = {0};
    int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    ssize_t written = fd < 0 ? -1 : pwrite(fd, none, sizeof none, sizeof none);
    if (fd >= 0)
        close(fd);
    return written == sizeof none
               ? HELPDEX_OK
               : hdx_fail_at(err, HELPDEX_IO, path.c_str(), 0, 0,
                             "cannot write: %s; check the disk",
                             strerror(errno));
}

/* Xapian does not say which file the system failed to write. */
static helpdex_status name_path(helpdex_status status, const char *path,
                                helpdex_error *err)
{
    if (status == HELPDEX_IO && err && !err->file[0])
        snprintf(err->file, sizeof err->file, "%s", path);
    return status;
}

struct hdx_engine_writer {
    std::string path;
    std::string work; /* folder of the uncompacted database */
    std::vector<std::pair<uint64_t, const hdx_posting *>> order; /* scratch */
    Xapian::WritableDatabase database;
    unsigned unflushed = 0;
};

struct hdx_engine {
    Xapian::Database database;
    unsigned files = 0;
};

/* By descriptor: by name Xapian would take a text file for a list of other
   databases. It closes the descriptor. */
static Xapian::Database open_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        throw Xapian::DatabaseOpeningError("cannot open the terms");
    return Xapian::Database(fd);
}

extern "C" {

helpdex_status hdx_engine_writer_open(const char *path, hdx_engine_writer **out,
                                      helpdex_error *err) noexcept
{
    *out = nullptr;
    helpdex_status status = guard(err, [&] {
        std::unique_ptr<hdx_engine_writer> w(new hdx_engine_writer);
        w->path = path;
        w->work = w->path + ".work";
        w->database = Xapian::WritableDatabase(
            w->work, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS |
                         Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC |
                         Xapian::DB_NO_TERMLIST);
        *out = w.release();
        return HELPDEX_OK;
    });
    return name_path(status, path, err);
}

helpdex_status hdx_engine_writer_add(hdx_engine_writer *writer,
                                     const hdx_posting *postings, size_t count,
                                     helpdex_error *err) noexcept
{
    helpdex_status status = guard(err, [&] {
        writer->order.clear();
        for (size_t i = 0; i < count; i++)
            writer->order.emplace_back(order_of(postings[i].term),
                                       &postings[i]);
        std::sort(writer->order.begin(), writer->order.end());
        Xapian::Document document;
        for (const auto &next : writer->order)
            document.add_term(text_of(next.second->term),
                              next.second->frequency);
        writer->database.add_document(document);
        if (++writer->unflushed == DOCUMENTS_PER_FLUSH) {
            writer->database.commit();
            writer->unflushed = 0;
        }
        return HELPDEX_OK;
    });
    return name_path(status, writer->path.c_str(), err);
}

helpdex_status hdx_engine_writer_finish(hdx_engine_writer *writer,
                                        helpdex_error *err) noexcept
{
    helpdex_status status = guard(err, [&] {
        writer->database.commit();
        writer->database.compact(writer->path, Xapian::DBCOMPACT_SINGLE_FILE);
        writer->database.close();
        helpdex_status left = remove_identity(writer->path, err);
        return left ? left : hdx_dir_remove(writer->work.c_str(), err);
    });
    return name_path(status, writer->path.c_str(), err);
}

void hdx_engine_writer_free(hdx_engine_writer *writer) noexcept
{
    guard(nullptr, [&] {
        delete writer;
        return HELPDEX_OK;
    });
}

helpdex_status hdx_engine_open(const char *path, hdx_engine **out,
                               helpdex_error *err) noexcept
{
    *out = nullptr;
    return guard(err, [&] {
        std::unique_ptr<hdx_engine> engine(new hdx_engine);
        engine->database.add_database(open_file(path));
        engine->files = 1;
        *out = engine.release();
        return HELPDEX_OK;
    });
}

helpdex_status hdx_engine_join(hdx_engine *engine, const char *path,
                               helpdex_error *err) noexcept
{
    return guard(err, [&] {
        engine->database.add_database(open_file(path));
        engine->files++;
        return HELPDEX_OK;
    });
}

void hdx_engine_free(hdx_engine *engine) noexcept
{
    guard(nullptr, [&] {
        delete engine;
        return HELPDEX_OK;
    });
}

helpdex_status hdx_engine_document_count(const hdx_engine *engine,
                                         uint32_t *out,
                                         helpdex_error *err) noexcept
{
    return guard(err, [&] {
        *out = engine->database.get_doccount();
        return HELPDEX_OK;
    });
}

helpdex_status hdx_engine_document_frequency(const hdx_engine *engine,
                                             hdx_str term, uint32_t *out,
                                             helpdex_error *err) noexcept
{
    return guard(err, [&] {
        *out = engine->database.get_termfreq(text_of(term));
        return HELPDEX_OK;
    });
}

helpdex_status hdx_engine_retrieve(hdx_engine *engine, const hdx_query *query,
                                   hdx_bm25 weighting, uint32_t limit,
                                   hdx_candidate *out, size_t *count,
                                   helpdex_error *err) noexcept
{
    *count = 0;
    return guard(err, [&] {
        Xapian::Enquire enquire(engine->database);
        enquire.set_weighting_scheme(
            Xapian::BM25Weight(weighting.k1, 0, 0, weighting.b, 0));
        enquire.set_query(tree_of(*query));
        Xapian::MSet found = enquire.get_mset(0, limit);
        for (auto at = found.begin(); at != found.end(); ++at) {
            /* Xapian deals the documents of several files out in turn. */
            out[*count].ordinal = (*at - 1) / engine->files;
            out[*count].joined = (*at - 1) % engine->files != 0;
            out[*count].score = at.get_weight();
            ++*count;
        }
        return HELPDEX_OK;
    });
}

helpdex_status hdx_engine_throw(hdx_engine_fault kind,
                                helpdex_error *err) noexcept
{
    return guard(err, [&]() -> helpdex_status {
        switch (kind) {
        case HDX_FAULT_NONE:
            return HELPDEX_OK;
        case HDX_FAULT_LOCK:
            throw Xapian::DatabaseLockError("lock");
        case HDX_FAULT_VERSION:
            throw Xapian::DatabaseVersionError("version");
        case HDX_FAULT_CORRUPT:
            throw Xapian::DatabaseCorruptError("corrupt");
        case HDX_FAULT_OPENING:
            throw Xapian::DatabaseOpeningError("opening");
        case HDX_FAULT_MODIFIED:
            throw Xapian::DatabaseModifiedError("modified");
        case HDX_FAULT_OTHER_XAPIAN:
            throw Xapian::InvalidArgumentError("argument");
        case HDX_FAULT_BAD_ALLOC:
            throw std::bad_alloc();
        case HDX_FAULT_STANDARD:
            throw std::runtime_error("standard");
        case HDX_FAULT_UNKNOWN:
            throw 42;
        }
        return HELPDEX_OK;
    });
}

} // extern "C"
