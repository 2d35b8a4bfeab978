import { getArticle, keyFor, localLinks } from "content-api-client";
import { notFound, permanentRedirect } from "next/navigation";
import { content, kept } from "../../../api";
import { Preview } from "../../preview";

export default async function Article({ params }: { params: Promise<{ slug: string }> }) {
  // Next.js leaves the parameters of a page percent-encoded.
  const slug = decodeURIComponent((await params).slug);
  const article = await getArticle(await content(), slug, {}, kept(await keyFor("article", slug)));
  if (article.status === "moved") permanentRedirect(article.path ?? "/");
  // A page of Next.js has no way to answer 410.
  if (article.status !== "ok") notFound();
  return (
    <article>
      <Preview status={article.data.publicationStatus} />
      <h1>{article.data.title}</h1>
      <div dangerouslySetInnerHTML={{ __html: localLinks(article.data.bodyHtml ?? "", "https://www.example.org") }} />
    </article>
  );
}
