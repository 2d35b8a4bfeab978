<?php
// An editor who does something at random for each line of standard input, and says what. The first argument is the seed.
$_SERVER['HTTP_HOST'] = parse_url(getenv('TEST_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('TEST_URL'), PHP_URL_PORT);
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/admin.php';

wp_set_current_user(1);
kses_remove_filters();
mt_srand((int) $argv[1]);
$made = 0;

function any(array $of) {
    return $of ? $of[mt_rand(0, count($of) - 1)] : 0;
}

function words($n) {
    static $all = ['strait', 'port', 'tariff', 'cable', 'treaty', 'grain', 'fleet', 'border', 'energy', 'audit', 'climate', 'Ölpreis', '海峡', 'court'];
    return implode(' ', array_map(function () use ($all) { return any($all); }, range(1, $n)));
}

function posts($type = 'post', $statuses = ['publish', 'draft', 'private', 'future', 'pending']) {
    return get_posts(['post_type' => $type, 'post_status' => $statuses, 'numberposts' => -1, 'fields' => 'ids', 'orderby' => 'ID', 'order' => 'ASC', 'suppress_filters' => true]);
}

function terms($taxonomy) {
    return get_terms(['taxonomy' => $taxonomy, 'hide_empty' => false, 'fields' => 'ids', 'orderby' => 'term_id']);
}

function some(array $of, $most) {
    $taken = [];
    for ($i = mt_rand(0, $most); $i > 0 && $of; $i--) {
        $taken[] = any($of);
    }
    return array_values(array_unique($taken));
}

function authors() {
    return get_users(['fields' => 'ID', 'role__in' => ['author'], 'orderby' => 'ID']);
}

function change($id, array $what) {
    return wp_update_post(wp_slash(['ID' => $id] + $what), true);
}

function write($type, $status, array $more = []) {
    global $made;
    return wp_insert_post(wp_slash($more + ['post_type' => $type, 'post_status' => $status, 'post_title' => words(3) . ' ' . ++$made, 'post_content' => '<p>' . words(20) . '</p>',
        'post_excerpt' => mt_rand(0, 1) ? words(5) : '', 'post_author' => any(authors())]), true);
}

function entry($menu) {
    $kind = mt_rand(0, 2);
    return wp_update_nav_menu_item($menu, 0, ['menu-item-status' => 'publish'] + ($kind === 0
        ? ['menu-item-type' => 'custom', 'menu-item-object' => 'custom', 'menu-item-title' => words(2), 'menu-item-url' => 'https://example.org/' . mt_rand()]
        : ($kind === 1 ? ['menu-item-type' => 'taxonomy', 'menu-item-object' => 'category', 'menu-item-object-id' => any(terms('category'))]
        : ['menu-item-type' => 'post_type', 'menu-item-object' => 'page', 'menu-item-object-id' => any(posts('page', ['publish'])), 'menu-item-title' => words(1)])));
}

$operations = [
    'publish' => [6, function () { return write('post', 'publish', ['post_category' => some(terms('category'), 3), 'tags_input' => some(['shipping', 'grain', 'steel', 'cables'], 2)]); }],
    'same slug' => [1, function () { return write('post', 'publish', ['post_name' => 'same']); }],
    'draft' => [2, function () { return write('post', 'draft'); }],
    'publish a draft' => [2, function () { return change(any(posts('post', ['draft', 'pending'])), ['post_status' => 'publish', 'edit_date' => true, 'post_date' => current_time('mysql'), 'post_date_gmt' => current_time('mysql', 1)]); }],
    'edit' => [6, function () { return change(any(posts()), ['post_title' => words(4), 'post_content' => '<p>' . words(30) . '</p>']); }],
    'excerpt' => [1, function () { return change(any(posts()), ['post_excerpt' => words(6)]); }],
    'schedule' => [2, function () { $at = time() + any([2, 5, 2000000000]); return write('post', 'future', ['post_date' => wp_date('Y-m-d H:i:s', $at), 'post_date_gmt' => gmdate('Y-m-d H:i:s', $at)]); }],
    'due' => [2, function () {
        foreach (posts('post', ['future']) as $id) {
            if (strtotime(get_post($id)->post_date_gmt . ' +0000') <= time()) {
                wp_publish_post($id);
                return $id;
            }
        }
        return 0;
    }],
    'trash' => [3, function () { $id = any(posts()); wp_trash_post($id); return $id; }],
    'restore' => [3, function () {
        $id = any(posts('post', ['trash']));
        if ($id) {
            wp_untrash_post($id);
            return mt_rand(0, 2) ? change($id, ['post_status' => 'publish']) : $id;
        }
        return 0;
    }],
    'delete' => [2, function () { $id = any(posts('post', ['publish', 'draft', 'trash'])); wp_delete_post($id, true); return $id; }],
    'private' => [1, function () { return change(any(posts('post', ['publish'])), ['post_status' => 'private']); }],
    'open' => [1, function () { return change(any(posts('post', ['private'])), ['post_status' => 'publish']); }],
    'password' => [1, function () { $id = any(posts('post', ['publish'])); return change($id, ['post_password' => get_post($id)->post_password ? '' : 'swordfish']); }],
    'rename' => [3, function () { return change(any(posts()), ['post_name' => any(['same', 'renamed-' . mt_rand(1, 30)])]); }],
    // Neither changes the time of the last change.
    'retopic' => [4, function () { $id = any(posts()); wp_set_post_categories($id, some(terms('category'), 3)); return $id; }],
    'region' => [2, function () { $id = any(posts()); wp_set_object_terms($id, some(terms('region'), 2), 'region'); return $id; }],
    'stick' => [1, function () { $id = any(posts('post', ['publish'])); is_sticky($id) ? unstick_post($id) : stick_post($id); return $id; }],
    'hand over' => [2, function () { return change(any(posts()), ['post_author' => any(authors())]); }],
    'new author' => [1, function () { global $made; $made++; return wp_insert_user(['user_login' => "author$made", 'user_pass' => 'a long password', 'user_email' => "author$made@institute.example", 'role' => 'author',
        'first_name' => words(1), 'last_name' => "Nr$made", 'display_name' => "Author $made"]); }],
    'author renamed' => [1, function () { $id = any(authors()); return wp_update_user(['ID' => $id, 'display_name' => words(1) . " Nr$id", 'description' => words(5)]); }],
    'author leaves' => [1, function () { $all = authors(); $id = any(array_slice($all, 2)); $id && wp_delete_user($id, $all[0]); return $id; }],
    'new topic' => [2, function () { global $made; $made++; $t = wp_insert_term("Topic $made", any(['category', 'category', 'post_tag', 'region'])); return is_array($t) ? $t['term_id'] : $t; }],
    'topic renamed' => [2, function () { $id = any(terms('category')); $t = wp_update_term($id, 'category', ['name' => words(2) . " $id"]); return is_array($t) ? $id : $t; }],
    'topic moved' => [1, function () { $id = any(terms('category')); $t = wp_update_term($id, 'category', ['parent' => mt_rand(0, 1) ? any(terms('category')) : 0]); return is_array($t) ? $id : $t; }],
    'topic address' => [1, function () { $id = any(terms('category')); $t = wp_update_term($id, 'category', ['slug' => 'topic-' . mt_rand(1, 40)]); return is_array($t) ? $id : $t; }],
    'topic deleted' => [1, function () { $taxonomy = any(['category', 'post_tag', 'region']); $id = any(terms($taxonomy)); wp_delete_term($id, $taxonomy); return $id; }],
    'page' => [1, function () { return write('page', 'publish', ['post_parent' => mt_rand(0, 1) ? any(posts('page', ['publish'])) : 0]); }],
    'page edited' => [1, function () { return change(any(posts('page')), ['post_content' => words(12)]); }],
    'page moved' => [1, function () { $id = any(posts('page', ['publish'])); $to = any(posts('page', ['publish'])); return $id === $to ? 0 : change($id, ['post_parent' => $to]); }],
    'page trashed' => [1, function () { $id = any(array_slice(posts('page', ['publish']), 1)); $id && wp_trash_post($id); return $id; }],
    'event' => [1, function () { return write('event', 'publish', ['meta_input' => ['_EventStartDateUTC' => gmdate('Y-m-d H:i:s', time() + mt_rand(-1000000, 1000000)), '_EventTimezone' => 'America/New_York']]); }],
    'event deleted' => [1, function () { $id = any(posts('event')); wp_delete_post($id, true); return $id; }],
    'entry' => [2, function () { return entry(any(terms('nav_menu'))); }],
    'entry deleted' => [1, function () { $id = any(posts('nav_menu_item')); wp_delete_post($id, true); return $id; }],
    'entry moved' => [1, function () { return change(any(posts('nav_menu_item')), ['menu_order' => mt_rand(1, 20)]); }],
    'new menu' => [1, function () { global $made; $made++; $menu = wp_create_nav_menu("Menu $made"); return is_wp_error($menu) ? $menu : entry($menu); }],
    'menu renamed' => [1, function () { $id = any(terms('nav_menu')); return wp_update_nav_menu_object($id, ['menu-name' => "Menu of " . words(1) . " $id"]); }],
    'menu deleted' => [1, function () { $id = any(array_slice(terms('nav_menu'), 1)); $id && wp_delete_nav_menu($id); return $id; }],
    'picture' => [2, function () {
        global $made;
        $made++;
        $id = wp_insert_attachment(wp_slash(['post_title' => "Picture $made", 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit', 'post_excerpt' => words(2)]), "2024/05/picture-$made.jpg", 0, true);
        wp_update_attachment_metadata($id, ['width' => 600, 'height' => 400, 'file' => "2024/05/picture-$made.jpg", 'sizes' => []]);
        set_post_thumbnail(any(posts()), $id);
        return $id;
    }],
    'caption' => [1, function () { $id = any(posts('attachment', ['inherit'])); update_post_meta($id, '_wp_attachment_image_alt', words(3)); return change($id, ['post_excerpt' => words(3)]); }],
    'picture deleted' => [1, function () { $id = any(posts('attachment', ['inherit'])); wp_delete_attachment($id, true); return $id; }],
    'block' => [1, function () { return change(any(posts('wp_block')), ['post_content' => "<!-- wp:paragraph -->\n<p>" . words(6) . "</p>\n<!-- /wp:paragraph -->"]); }],
];
$lots = [];
foreach ($operations as $name => [$weight]) {
    $lots = array_merge($lots, array_fill(0, $weight, $name));
}
while (fgets(STDIN) !== false) {
    wp_cache_flush();
    $name = any($lots);
    $done = $operations[$name][1]();
    echo $name, ' ', is_wp_error($done) ? $done->get_error_message() : $done, "\n";
}
