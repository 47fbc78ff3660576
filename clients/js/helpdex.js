// Client of the HTTP API of Helpdex, for browsers and Node 18 or later. It has
// no dependency, keeps nothing but its settings, and tries nothing twice: an
// error says what the server said of it.

/** An answer that is none: a problem (RFC 9457), or no answer at all. */
export class HelpdexError extends Error {
  constructor(message, { status = 0, request = null, retryAfter = null, cause } = {}) {
    super(message, { cause });
    this.name = "HelpdexError";
    this.status = status;
    this.request = request;
    this.retryAfter = retryAfter;
  }
}

const parameters = {
  locale: "locale",
  limit: "limit",
  region: "region",
  platform: "platform",
  appVersion: "app_version",
  budget: "budget",
};

// "?q=...&locale=..." of what is given; what the route does not know it lets be.
function query(first, options) {
  const search = new URLSearchParams(first);
  for (const [name, parameter] of Object.entries(parameters))
    if (options[name] !== undefined && options[name] !== null)
      search.set(parameter, String(options[name]));
  const text = search.toString();
  return text ? `?${text}` : "";
}

async function problemOf(response) {
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // A proxy answered in words of its own.
  }
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return new HelpdexError(problem.detail ?? `HTTP ${response.status}`, {
    status: response.status,
    request: problem.request ?? response.headers.get("X-Request-Id"),
    retryAfter: Number.isNaN(seconds) ? null : seconds,
  });
}

export class Helpdex {
  #base;
  #key;
  #fetch;
  #timeout;
  #reader;

  constructor(base, { key, timeout = 10_000, fetch = globalThis.fetch, ...reader } = {}) {
    this.#base = String(base).replace(/\/+$/, "");
    this.#key = key;
    this.#timeout = timeout;
    // Browsers refuse a fetch that is called as a method of something else.
    this.#fetch = (...args) => fetch(...args);
    this.#reader = reader;
  }

  #get(path, first, { signal, ...options }) {
    return this.#call(path + query(first, { ...this.#reader, ...options }), {}, signal);
  }

  #post(path, body, signal) {
    const init = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    return this.#call(path, init, signal);
  }

  async #call(path, init, signal) {
    const timer = AbortSignal.timeout(this.#timeout);
    const headers = { Accept: "application/json", ...init.headers };
    if (this.#key) headers.Authorization = `Bearer ${this.#key}`;
    const stop = new AbortController();
    const end = (event) => stop.abort(event.target.reason);
    timer.addEventListener("abort", end);
    signal?.addEventListener("abort", end);
    if (signal?.aborted) stop.abort(signal.reason);
    try {
      const response = await this.#fetch(this.#base + path, {
        ...init,
        headers,
        signal: stop.signal,
      });
      if (!response.ok) throw await problemOf(response);
      const text = await response.text();
      return text ? JSON.parse(text) : undefined;
    } catch (error) {
      if (error instanceof HelpdexError || signal?.aborted) throw error;
      const what = timer.aborted ? `no answer within ${this.#timeout} ms` : "no answer";
      throw new HelpdexError(what, { cause: error });
    } finally {
      timer.removeEventListener("abort", end);
      signal?.removeEventListener("abort", end);
    }
  }

  /** The sections that answer a question, best first. */
  search(question, options = {}) {
    return this.#get("/v1/search", { q: question }, options);
  }

  /** Completions of what is typed so far. */
  suggest(prefix, options = {}) {
    return this.#get("/v1/suggest", { q: prefix }, options);
  }

  /**
   * What to say to a message: answer, ask back, or hand over to a person. Give
   * the `session` of the decision before with the next message.
   */
  ask(message, { session, context = {}, outcome, signal, ...options } = {}) {
    const { locale, region, platform, appVersion } = { ...this.#reader, ...options };
    const facts = { region, platform, app_version: appVersion, ...context };
    const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null);
    const body = { message, locale, session, outcome, context: Object.fromEntries(known) };
    return this.#post("/v1/ask", body, signal);
  }

  /** Whether an article helped, or how a conversation was. */
  feedback(what, { signal } = {}) {
    return this.#post("/v1/feedback", what, signal);
  }

  /** One article, in the reader's language or the first fallback that has it. */
  article(id, { locale = this.#reader.locale, ...options } = {}) {
    if (!locale) throw new TypeError("no locale; name one here or for the client");
    const path = id.split("/").map(encodeURIComponent).join("/");
    return this.#get(`/v1/articles/${encodeURIComponent(locale)}/${path}`, {}, {
      ...options,
      locale: null,
    });
  }
}
