import { keyFor, list } from "content-api-client";
import Link from "next/link";
import { content, kept } from "../api";
import { Preview } from "./preview";

export default async function Articles({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const number = Number((await searchParams).page ?? 1);
  const query = { topic: ["china"], page: number, limit: 3 };
  const { data, page } = await list(await content(), "/v1/articles.cards.json", query, kept(await keyFor("topic", "china", "articles")));
  return (
    <main>
      <Preview />
      <h1>{page.total} articles</h1>
      {data.map(article => (
        <p key={article.id}>
          <Link href={article.path}>{article.title}</Link> {article.byline}
        </p>
      ))}
      {page.next && <Link href={`/?page=${number + 1}`} rel="next">Older</Link>}
    </main>
  );
}
