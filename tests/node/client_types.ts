// What a program in TypeScript writes; only compiled.
import { Helpdex, HelpdexError, type Hit, type Results } from "helpdex-client";

const client = new Helpdex(new URL("https://help.example"), { locale: "th", key: "k" });

export async function first(question: string, signal: AbortSignal): Promise<Hit | undefined> {
  try {
    const results: Results = await client.search(question, { budget: 500, region: "GB", signal });
    const texts: string[] = results.passages?.map((passage) => passage.text) ?? [];
    console.log(texts, results.hits[0]?.stale?.behind);
    return results.hits[0];
  } catch (error) {
    if (error instanceof HelpdexError && error.retryAfter !== null) return undefined;
    throw error;
  }
}

export const titles = async (): Promise<string[]> =>
  (await client.article("a/b")).locales.map((locale) => locale.title);

export const told = async (): Promise<string | null> =>
  (await client.ask("x", { session: null, context: { "account.state": "frozen" } })).human.route;

// @ts-expect-error: an article has no budget
client.article("a", { budget: 5 });
// @ts-expect-error: there is no such match
(await client.suggest("x")).suggestions[0]!.match === "lucky";
