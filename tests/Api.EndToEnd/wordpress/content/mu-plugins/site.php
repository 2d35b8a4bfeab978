<?php
// What the site announces beyond WordPress's own types.
add_action('init', function () {
    register_taxonomy('region', ['post'], ['label' => 'Regions', 'hierarchical' => true, 'public' => true, 'show_in_rest' => true, 'rest_base' => 'regions']);
    register_post_type('event', ['label' => 'Events', 'public' => true, 'show_in_rest' => true, 'rest_base' => 'events', 'supports' => ['title', 'editor', 'author', 'custom-fields']]);
    foreach (['_EventStartDateUTC', '_EventEndDateUTC', '_EventTimezone'] as $field) {
        register_post_meta('event', $field, ['type' => 'string', 'single' => true, 'show_in_rest' => true, 'auth_callback' => '__return_true']);
    }
});
