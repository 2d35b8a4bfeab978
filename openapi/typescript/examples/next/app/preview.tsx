import { draftMode } from "next/headers";

/** A bar above the page in draft mode; `status` is the `publicationStatus` of what the page shows. */
export async function Preview({ status = "published" }: { status?: string }) {
  if (!(await draftMode()).isEnabled) return null;
  return (
    // A form, because Next.js requests the targets of links before anybody follows them.
    <form action="/api/draft/leave">
      {status === "published" ? "Preview" : `Preview: ${status}`} <button>Leave</button>
    </form>
  );
}
