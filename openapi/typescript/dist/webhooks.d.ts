/** A change of content: one commit, or several in a row. */
export interface ChangeEvent {
    sequence: number;
    /** Where `/v1/changes?since=` continues. */
    token: string;
    since: string;
    at: string;
    /** True when `changes` does not hold all of them; `invalidates` does. */
    more: boolean;
    changes: {
        resource: string;
        id: string;
        slug: string | null;
        change: "upsert" | "delete";
        reason: string | null;
        successor: string | null;
        successorId: string | null;
        previousSlugs: string[];
        /** Paths of its pages: the one of today, then earlier ones. */
        paths: string[];
    }[];
    /** The keys of the answers that are stale. */
    invalidates: string[];
}
/** The body of a webhook. Other types may be added; ignore them. */
export type WebhookEvent = {
    type: "content.changed";
    timestamp: string;
    data: ChangeEvent;
} | {
    type: "content.resync";
    timestamp: string;
    data: {
        sequence: number;
        token: string;
        invalidates: string[];
    };
} | {
    type: "webhook.test";
    timestamp: string;
    data: Record<string, unknown>;
};
/** A request that is no webhook of this API, or not a recent one. Answer it with 401; a body that is too large may get 413. */
export declare class WebhookError extends Error {
    readonly name = "WebhookError";
    readonly code: "missing-header" | "invalid-timestamp" | "invalid-signature" | "invalid-body" | "body-too-large";
    constructor(code: WebhookError["code"], message: string);
}
/**
 * The event of a webhook request, once its signature (Standard Webhooks, `v1`) has been verified. It reads the body of the request, at
 * most 1 MB of it. The secret is that which `webhook add` printed, `whsec_…`.
 * @throws {WebhookError} The request is not what the holder of the secret sent within five minutes.
 * @throws {TypeError} The secret is none, or the body of the request has been read before.
 */
export declare function verifyWebhook(request: Request, secret: string): Promise<WebhookEvent>;
/** The keys that an event names stale: tags to revalidate. None for types without keys. */
export declare function staleKeys(event: WebhookEvent): string[];
