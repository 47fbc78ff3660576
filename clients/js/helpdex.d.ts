/** How far a translation is behind what it was made from. */
export interface Staleness {
  behind: number;
  sections: number;
}

/** A known issue that touches the question, to be shown above the hits. */
export interface Banner {
  id: string;
  level: "info" | "warning" | "critical";
  text: string;
  locale: string;
  article: string | null;
  url: string | null;
}

/** The best section of one article. */
export interface Hit {
  rank: number;
  id: string;
  /** The anchor; "" above the first heading. */
  section: string;
  locale: string;
  /** Not in the reader's language, which lacks this article. */
  fallback: boolean;
  /** The locale whose text the question found, if this is its translation. */
  via: string | null;
  title: string;
  heading_path: string[];
  snippet: string;
  /** Escaped text and `<mark>`, nothing else. */
  snippet_html: string;
  url: string | null;
  deep_link: string | null;
  /** 0 to 1; compares hits of one answer, and is no probability. */
  score: number;
  /** 0 to 1: how likely it is that this answers the question. */
  confidence: number | null;
  stale: Staleness | null;
}

/** What a section says about the question, for a language model. */
export interface Passage {
  /** From 1, to be cited by. */
  number: number;
  id: string;
  section: string;
  locale: string;
  title: string;
  heading_path: string[];
  url: string | null;
  stale: Staleness | null;
  text: string;
  tokens: number;
}

/** An article to offer where nothing was found. */
export interface Topic {
  id: string;
  locale: string;
  title: string;
  url: string | null;
}

export interface Results {
  query: string;
  locale: string;
  generation: string;
  took_us: number;
  /** The question without a typing error, to be offered. */
  correction: { text: string } | null;
  banners: Banner[];
  hits: Hit[];
  topics: Topic[];
  /** Where the reader gets to a person. */
  contact: string | null;
  /** With a budget alone. */
  passages?: Passage[];
  /** All passages as one text for a language model; with a budget alone. */
  context?: string;
}

export interface Suggestion {
  kind: "title" | "question" | "term";
  text: string;
  id: string | null;
  title: string | null;
  url: string | null;
  locale: string;
  fallback: boolean;
  via: string | null;
  match: "exact" | "reading" | "keyboard" | "typo";
  score: number;
}

export interface Suggestions {
  prefix: string;
  locale: string;
  generation: string;
  suggestions: Suggestion[];
}

export interface ArticleSection {
  section: string;
  heading_path: string[];
  text: string;
  /** Escaped text and `<p>`, nothing else. */
  html: string;
}

export interface ArticleLocale {
  locale: string;
  title: string;
  url: string | null;
}

export interface Article {
  id: string;
  locale: string;
  fallback: boolean;
  generation: string;
  title: string;
  category: string;
  url: string | null;
  deep_link: string | null;
  /** The day of its last change, such as 2026-11-24. */
  modified: string | null;
  /** A mistake here costs the reader dearly. */
  high_stakes: boolean;
  stale: Staleness | null;
  questions: string[];
  sections: ArticleSection[];
  locales: ArticleLocale[];
}

/** Where a sentence of an answer stands, in bytes of UTF-8. */
export interface Citation {
  id: string;
  section: string;
  locale: string;
  title: string;
  url: string | null;
  answer_bytes: [number, number];
  section_bytes: [number, number];
}

export interface Option {
  label: string;
  /** To be sent as the next message. */
  value: string;
  id?: string;
  path?: string;
}

/** What to say, in this order; `human` is always to be shown. */
export interface Decision {
  decision: "answer" | "clarify" | "escalate";
  confidence: number;
  estimated: boolean;
  locale: string;
  generation: string;
  took_us: number;
  reasons: string[];
  banners: Banner[];
  reassurance: string | null;
  answer: { text: string | null; citations: Citation[]; deep_link: string | null } | null;
  prompt: string | null;
  options: Option[];
  flow: { name: string; key: string; slots: Record<string, string> } | null;
  human: { label: string; route: string | null };
  handoff: Record<string, unknown> | null;
  session: string | null;
  conversation: string;
  tokens: { needed: number; saved: number };
}

/** Whether an article helped, or how a conversation was, or both. */
export interface Feedback {
  id?: string | null;
  section?: string | null;
  locale?: string | null;
  helped?: boolean | null;
  /** 1 to 5. */
  rating?: number | null;
  comment?: string | null;
  /** The `conversation` of a decision, or a name of your own. */
  session?: string | null;
}

/** Who reads. */
export interface Reader {
  /** A BCP 47 tag. */
  locale?: string;
  /** ISO 3166, such as GB. */
  region?: string;
  platform?: string;
  appVersion?: string;
}

export interface RequestOptions extends Reader {
  signal?: AbortSignal;
}

export interface SuggestOptions extends RequestOptions {
  /** How many, to 100. */
  limit?: number;
}

export interface SearchOptions extends SuggestOptions {
  /** Tokens that cited passages for a language model may take. */
  budget?: number;
}

export interface AskOptions extends RequestOptions {
  /** Of the decision before. */
  session?: string | null;
  /** What is known of the customer, such as "account.state". */
  context?: Record<string, string>;
  /** What became of the step before. */
  outcome?: "unhelped" | "person" | "flow_done" | "flow_pending" | "flow_failed";
}

/** The reader is that of every call which names no other. */
export interface HelpdexOptions extends Reader {
  key?: string;
  /** Milliseconds, 10,000 unless it is given. */
  timeout?: number;
  fetch?: typeof globalThis.fetch;
}

/** An answer that is none: a problem (RFC 9457), or no answer at all. */
export class HelpdexError extends Error {
  /** Of HTTP; 0 when there was no answer. */
  status: number;
  /** By which operators find it in their log. */
  request: string | null;
  /** Seconds to wait before the next try. */
  retryAfter: number | null;
}

export class Helpdex {
  constructor(base: string | URL, options?: HelpdexOptions);
  /** The sections that answer a question, best first. */
  search(question: string, options?: SearchOptions): Promise<Results>;
  /** Completions of what is typed so far. */
  suggest(prefix: string, options?: SuggestOptions): Promise<Suggestions>;
  /** What to say to a message: answer, ask back, or hand over to a person. */
  ask(message: string, options?: AskOptions): Promise<Decision>;
  /** Whether an article helped, or how a conversation was. */
  feedback(what: Feedback, options?: { signal?: AbortSignal }): Promise<void>;
  /** One article, in the reader's language or the first fallback that has it. */
  article(id: string, options?: RequestOptions): Promise<Article>;
}
