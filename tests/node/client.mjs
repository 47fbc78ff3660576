// The client in JavaScript against a server: node client.mjs CLIENT_DIR URL.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const [folder, url] = process.argv.slice(2);
const { Helpdex, HelpdexError } = await import(pathToFileURL(`${folder}/helpdex.js`));
const client = new Helpdex(`${url}/`, { locale: "de" });

// A server that answers each request by `handler`.
async function serving(handler, use) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test("a question is answered in the reader's language", async () => {
  const results = await client.search("Karte abgelehnt", { limit: 2 });
  assert.equal(results.hits[0].id, "card-payment-declined");
  assert.equal(results.hits[0].locale, "de");
  assert.ok(results.hits.length <= 2);
  assert.equal(results.passages, undefined);
});

test("a call may be for another reader", async () => {
  const results = await client.search("โอนเหรียญมาแล้วแต่ยอดยังไม่เข้า", { locale: "th" });
  assert.equal(results.hits[0].id, "missing-deposit");
  assert.equal(results.locale, "th");
});

test("a budget brings passages", async () => {
  const { passages, context } = await client.search("100 % & co+?", { locale: "en", budget: 500 });
  assert.ok(Array.isArray(passages));
  assert.equal(typeof context, "string");
});

test("what is being typed is completed", async () => {
  const { suggestions } = await client.suggest("Meine Kar", { limit: 3 });
  assert.equal(suggestions[0].id, "card-payment-declined");
});

test("an article is read, and its name is escaped", async () => {
  const article = await client.article("lost-2fa", { locale: "ja" });
  assert.equal(article.locale, "ja");
  assert.ok(article.sections.length > 1);
  await assert.rejects(client.article("a/b ?#%/é"), {
    name: "HelpdexError",
    status: 404,
    message: /no article "a\/b \?#%\/é"/,
  });
});

test("a problem says what to do", async () => {
  const error = await client.search("x", { locale: "no tag" }).catch((e) => e);
  assert.ok(error instanceof HelpdexError);
  assert.equal(error.status, 400);
  assert.match(error.message, /write one, such as pt-BR/);
  assert.match(error.request, /^[0-9a-f]{16}$/);
  assert.equal(error.retryAfter, null);
});

test("a server that is busy says when to come again", () =>
  serving(
    (request, response) => response.writeHead(503, { "Retry-After": "7" }).end("<html>"),
    async (base) => {
      const error = await new Helpdex(base).search("x").catch((e) => e);
      assert.deepEqual([error.status, error.retryAfter], [503, 7]);
    },
  ));

test("the key goes with every request", () =>
  serving(
    (request, response) => response.end(JSON.stringify(request.headers)),
    async (base) => {
      const headers = await new Helpdex(base, { key: "k1" }).search("x");
      assert.equal(headers.authorization, "Bearer k1");
      assert.equal((await new Helpdex(base).search("x")).authorization, undefined);
    },
  ));

test("a server that says nothing is not waited for", () =>
  serving(
    () => {},
    async (base) => {
      const error = await new Helpdex(base, { timeout: 50 }).search("x").catch((e) => e);
      assert.equal(error.message, "no answer within 50 ms");
      assert.equal(error.status, 0);
    },
  ));

test("a caller may lose interest", () =>
  serving(
    () => {},
    async (base) => {
      const stop = new AbortController();
      const answer = new Helpdex(base).search("x", { signal: stop.signal });
      stop.abort();
      await assert.rejects(answer, { name: "AbortError" });
      await assert.rejects(new Helpdex(base).search("x", { signal: stop.signal }), {
        name: "AbortError",
      });
    },
  ));

test("who is not there does not answer", async () => {
  let gone;
  await serving(() => {}, async (base) => (gone = base));
  await assert.rejects(new Helpdex(gone).search("x"), { name: "HelpdexError", status: 0 });
});

test("a conversation goes on by its session", async () => {
  const client = new Helpdex(url, { locale: "th", region: "TH" });
  const first = await client.ask("ฝากแล้วไม่เข้า");
  assert.equal(first.decision, "clarify");
  assert.ok(first.reassurance && first.human.label);
  const next = await client.ask(first.options[1].value, { session: first.session });
  assert.equal(next.decision, "answer");
  assert.equal(next.answer.citations[0].id, "missing-deposit");
});

test("what the caller knows is not asked", async () => {
  const context = { "deposit.method": "bank" };
  const decision = await new Helpdex(url).ask("my deposit is missing", { locale: "en", context });
  assert.equal(decision.decision, "answer");
});

test("feedback that nobody keeps is said to be lost", async () => {
  const error = await new Helpdex(url).feedback({ id: "fees", helped: true }).catch((e) => e);
  assert.deepEqual([error.name, error.status], ["HelpdexError", 404]);
});

test("the types are those of the API", async () => {
  const types = readFileSync(`${folder}/helpdex.d.ts`, "utf8");
  const { components } = await (await fetch(`${url}/v1/openapi.json`)).json();
  const interfaces = Object.fromEntries(
    [...types.matchAll(/export interface (\w+) \{\n(.*?)\n\}/gs)].map(([, name, body]) => [
      name,
      [...body.matchAll(/^ {2}(\w+\??):/gm)].map(([, member]) => member).sort(),
    ]),
  );
  for (const name of ["Results", "Hit", "Banner", "Passage", "Topic", "Staleness", "Suggestions",
    "Suggestion", "Article", "ArticleSection", "ArticleLocale", "Decision", "Citation", "Option",
    "Feedback"]) {
    const { properties, required = [] } = components.schemas[name];
    const members = Object.keys(properties).map((key) => (required.includes(key) ? key : `${key}?`));
    assert.deepEqual(interfaces[name], members.sort(), `interface ${name} of helpdex.d.ts`);
  }
});
