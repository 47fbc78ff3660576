// Sessions of the official client, over standard input and output and over
// HTTP: node mcp_session.mjs HELPDEX INDEX URL KEYS CONFIG, with the key of an
// agent in AGENT_KEY. The client compares what tools
// return with the schemas that it was given.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [program, index, url, keys, config] = process.argv.slice(2);

const start = (args = [], env = {}) =>
  new StdioClientTransport({
    command: program,
    args: ["mcp", "--index", index, ...args],
    env: { ASAN_OPTIONS: process.env.ASAN_OPTIONS ?? "", ...env },
    stderr: "inherit",
  });

const transports = {
  stdio: () => start(),
  http: () => new StreamableHTTPClientTransport(new URL(url)),
};

for (const [name, open] of Object.entries(transports)) {
  describe(name, () => {
    const client = new Client({ name: "test", version: "1" });
    const use = (tool, args) => client.callTool({ name: tool, arguments: args });

    before(async () => {
      await client.connect(open());
      await client.listTools(); // it compares with schemas from here on
    });
    after(() => client.close());

    test("the server says what it is and what it can", async () => {
      assert.equal(client.getServerVersion().name, "helpdex");
      assert.deepEqual(client.getServerCapabilities(), { tools: {}, resources: {} });
      assert.match(client.getInstructions(), /search_help.*Languages: .*zh-Hans/s);
      await client.ping();
    });

    test("tools are listed, and only read", async () => {
      const { tools } = await client.listTools();
      const names = tools.map((tool) => tool.name);
      assert.deepEqual(names.slice(0, 2), ["search_help", "get_article"]);
      for (const tool of tools) assert.equal(tool.annotations.readOnlyHint, true);
      assert.ok(!names.includes("escalate"));
    });

    for (const [locale, query, id] of [
      ["de", "Karte abgelehnt", "card-payment-declined"],
      ["th", "โอนเหรียญมาแล้วแต่ยอดยังไม่เข้า", "missing-deposit"],
      ["ja", "スマホをなくして認証コードが出ない", "lost-2fa"],
      ["ar", "فقدت جوالي", "lost-2fa"],
      ["zh-TW", "手機丟了", "lost-2fa"],
    ]) {
      test(`a question in ${locale} finds passages that can be cited`, async () => {
        const { content, structuredContent: data } = await use("search_help", { query, locale });
        assert.equal(data.passages[0].id, id);
        assert.match(content[0].text, /^\[1\]\n```/);
        assert.ok(content[0].text.includes(data.passages[0].url));
        for (const passage of data.passages) assert.ok(passage.text.length > 0);
      });
    }

    test("a smaller budget gives less", async () => {
      const ask = async (budget) =>
        (await use("search_help", { query: "fees", locale: "en", budget })).content[0].text.length;
      assert.ok((await ask(200)) < (await ask(2000)));
    });

    test("what is not found names what there is", async () => {
      const { content, structuredContent: data } = await use("search_help", {
        query: "qqqqzzzz",
        locale: "de",
      });
      assert.deepEqual(data.passages, []);
      assert.ok(data.topics.length > 0);
      assert.match(content[0].text, new RegExp(data.contact));
    });

    test("an article is read whole, or by section", async () => {
      const whole = await use("get_article", { id: "lost-2fa", locale: "de" });
      assert.deepEqual(whole.structuredContent.left_out, []);
      const { section } = whole.structuredContent.sections[1];
      const part = await use("get_article", { id: "lost-2fa", locale: "de", section });
      assert.equal(part.structuredContent.sections.length, 1);
      assert.ok(part.content[0].text.length < whole.content[0].text.length);
    });

    test("a wrong argument is said to the model", async () => {
      const result = await use("search_help", { query: "x", locale: "no tag" });
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, /not a language tag/);
    });

    test("an unknown tool and an unknown method are errors", async () => {
      await assert.rejects(use("rm", {}), { code: -32602 });
      await assert.rejects(
        client.getPrompt({ name: "x" }),
        /does not support prompts|no method/,
      );
    });

    test("every article is a resource, and can be read", async () => {
      const resources = [];
      let cursor;
      do {
        const page = await client.listResources(cursor ? { cursor } : undefined);
        resources.push(...page.resources);
        cursor = page.nextCursor;
      } while (cursor);
      assert.equal(resources.length, 60);
      for (const { uri, title } of resources) {
        const { contents } = await client.readResource({ uri });
        assert.equal(contents[0].uri, uri);
        assert.ok(contents[0].text.startsWith(title));
      }
    });

    test("the template leads to an article", async () => {
      const { resourceTemplates } = await client.listResourceTemplates();
      const uri = resourceTemplates[0].uriTemplate
        .replace("{locale}", "zh-Hans")
        .replace("{+id}", "fees");
      const { contents } = await client.readResource({ uri });
      assert.match(contents[0].text, /手续费|费用/);
    });

    test("a resource that is none is not found", async () => {
      await assert.rejects(client.readResource({ uri: "helpdex://articles/de/none" }), {
        code: -32002,
      });
    });
  });
}

describe("a conversation", () => {
  const client = new Client({ name: "test", version: "1" });
  const use = async (tool, args) => {
    const result = await client.callTool({ name: tool, arguments: args });
    assert.ok(!result.isError, JSON.stringify(result));
    return { text: result.content[0].text, ...result.structuredContent };
  };

  before(async () => {
    await client.connect(
      start(["--keys", keys, "--config", config], {
        HELPDEX_KEY: process.env.AGENT_KEY,
        HOOK_SECRET: process.env.HOOK_SECRET,
      }),
    );
    const { tools } = await client.listTools();
    const escalate = tools.find((tool) => tool.name === "escalate");
    assert.equal(escalate.annotations.readOnlyHint, false);
  });
  after(() => client.close());

  test("a message is answered, asked back, or for a person", async () => {
    const asked = await use("ask", { message: "Ich habe mein Handy verloren", locale: "de" });
    assert.equal(asked.decision, "clarify");
    assert.ok(asked.options.length > 1);
    assert.ok(asked.text.includes(asked.prompt));
    const next = await use("ask", { message: asked.options[1].value, session: asked.session });
    assert.equal(next.locale, "de");
    assert.notEqual(next.session, asked.session);
    const person = await use("ask", { message: "オペレーターに繋いでください", locale: "ja" });
    assert.equal(person.decision, "escalate");
    assert.match(person.human.route, /\/ja\/contact/);
  });

  for (const [locale, message] of [
    ["de", "Meine Auszahlung hängt"],
    ["th", "โอนเหรียญมาแล้วแต่ยอดยังไม่เข้า"],
    ["ja", "スマホをなくした"],
    ["ar", "فقدت جوالي"],
    ["zh-Hans", "手机丢了"],
  ]) {
    test(`a person gets what was said in ${locale}`, async () => {
      const { session } = await use("ask", { message, locale });
      const { queued, packet } = await use("escalate", { message, locale, session });
      assert.equal(queued, true);
      assert.equal(packet.locale, locale);
      assert.ok(JSON.stringify(packet).includes(message));
    });
  }
});
