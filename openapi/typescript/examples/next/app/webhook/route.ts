import { staleKeys, verifyWebhook, WebhookError } from "content-api-client";
import { revalidateTag } from "next/cache";

export async function POST(request: Request): Promise<Response> {
  try {
    const event = await verifyWebhook(request, process.env.WEBHOOK_SECRET ?? "");
    // With "max" instead, the next reader would still get the old page.
    for (const key of staleKeys(event)) revalidateTag(key, { expire: 0 });
    return new Response(null, { status: 204 });
  } catch (error) {
    if (error instanceof WebhookError) return new Response(error.message, { status: 401 });
    throw error;
  }
}
