import type { APIRoute } from "astro";
import { staleKeys, verifyWebhook, WebhookError } from "content-api-client";

export const POST: APIRoute = async ({ request, cache }) => {
  try {
    const event = await verifyWebhook(request, process.env["WEBHOOK_SECRET"] ?? "");
    await cache.invalidate({ tags: staleKeys(event) });
    return new Response(null, { status: 204 });
  } catch (error) {
    if (error instanceof WebhookError) return new Response(error.message, { status: 401 });
    throw error;
  }
};
