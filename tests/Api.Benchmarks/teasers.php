<?php
// Installs WordPress with so many posts, each with an author, a category, an excerpt, a picture in four sizes and 600 words.
$_SERVER['HTTP_HOST'] = parse_url(getenv('TEST_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('TEST_URL'), PHP_URL_PORT);
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
define('WP_INSTALLING', true);
require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/admin.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

function wp_new_blog_notification() {} // It would send mail.

wp_install('Harbor Institute', 'editor', 'editor@institute.example', true, '', 'a long password');
wp_installing(false);
update_option('permalink_structure', '/%postname%/');
$wp_rewrite->init();
do_action('init');
flush_rewrite_rules(false);
wp_delete_post(1, true);
$words = explode(' ', 'the strait carries more than ships and every ledger of the harbor says so in its own hand while the tide comes back twice a day');
$authors = $categories = [];
foreach (range(1, 10) as $n) {
    $authors[] = wp_insert_user(['user_login' => "author-$n", 'user_pass' => 'a long password', 'user_email' => "author-$n@institute.example", 'role' => 'author', 'display_name' => "Author Number $n"]);
    $categories[] = wp_insert_term("Subject $n", 'category')['term_id'];
}
foreach (range(1, (int) $argv[1]) as $n) {
    $sentence = fn($length) => ucfirst(implode(' ', array_map(fn($i) => $words[($n * 7 + $i * 3) % count($words)], range(1, $length)))) . '.';
    $post = wp_insert_post(['post_title' => rtrim($sentence(6), '.') . " $n", 'post_excerpt' => $sentence(24), 'post_status' => 'publish', 'post_author' => $authors[$n % 10],
        'post_category' => [$categories[$n % 10], $categories[($n + 3) % 10]], 'post_date' => gmdate('Y-m-d H:i:s', 1700000000 - $n * 3600),
        'post_content' => implode('', array_map(fn($i) => '<!-- wp:paragraph --><p>' . $sentence(60) . "</p><!-- /wp:paragraph -->\n", range(1, 10)))], true);
    $sizes = [];
    foreach ([150, 300, 768, 1024] as $width) {
        $sizes[$width] = ['file' => "picture-$n-{$width}x" . $width * 2 / 3 . '.jpg', 'width' => $width, 'height' => $width * 2 / 3, 'mime-type' => 'image/jpeg'];
    }
    $picture = wp_insert_attachment(['post_title' => "Picture $n", 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit'], "2024/01/picture-$n.jpg", $post, true);
    wp_update_attachment_metadata($picture, ['width' => 1800, 'height' => 1200, 'file' => "2024/01/picture-$n.jpg",
        'sizes' => array_combine(['thumbnail', 'medium', 'medium_large', 'large'], array_values($sizes))]);
    update_post_meta($picture, '_wp_attachment_image_alt', "A harbor at low tide, number $n");
    set_post_thumbnail($post, $picture);
}
