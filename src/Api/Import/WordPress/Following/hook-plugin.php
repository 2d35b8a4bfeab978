<?php
/*
Plugin Name: Content API hook
Description: Tells the content API that something has changed, so that it asks at once. It sends no content.
*/

defined('ABSPATH') || exit;

const CONTENT_API_HOOK_ADDRESS = '{address}';
// The setting Follow__HookSecret of the API.
const CONTENT_API_HOOK_SECRET = '{secret}';

// Schedules one call at the end of the request, whatever the number of changes.
function content_api_hook_note($id = 0, $post = null) {
    static $noted = false;
    if ($post instanceof WP_Post && (in_array($post->post_type, ['revision', 'customize_changeset'], true) || $post->post_status === 'auto-draft')) {
        return;
    }
    if (!$noted) {
        $noted = true;
        add_action('shutdown', 'content_api_hook_call', 1000);
    }
}

function content_api_hook_call() {
    $body = '{"type":"content.changed"}';
    $id = 'msg_' . bin2hex(random_bytes(16));
    $time = time();
    $key = base64_decode(substr(CONTENT_API_HOOK_SECRET, strlen('whsec_')));
    // Where PHP can end the response first, the editor does not wait for the call. Not waiting for the answer could cut the call off.
    if (function_exists('fastcgi_finish_request')) {
        fastcgi_finish_request();
    }
    wp_remote_post(CONTENT_API_HOOK_ADDRESS, [
        'timeout' => 5,
        'redirection' => 0,
        'body' => $body,
        'headers' => [
            'Content-Type' => 'application/json',
            'webhook-id' => $id,
            'webhook-timestamp' => (string) $time,
            'webhook-signature' => 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true)),
        ],
    ]);
}

foreach (['save_post', 'deleted_post'] as $content_api_hook) {
    add_action($content_api_hook, 'content_api_hook_note', 10, 2);
}
foreach (['add_attachment', 'edit_attachment', 'delete_attachment', 'created_term', 'edited_term', 'delete_term', 'set_object_terms', 'user_register', 'profile_update', 'deleted_user',
    'wp_update_nav_menu', 'wp_delete_nav_menu', 'update_option_sticky_posts'] as $content_api_hook) {
    add_action($content_api_hook, 'content_api_hook_note', 10, 0);
}
// A scheduled post is published, or a post is moved to the trash or restored.
add_action('transition_post_status', function ($new, $old, $post) {
    content_api_hook_note(0, $post);
}, 10, 3);
