<?php
// Installs WordPress, makes the content of a small institute, lets WordPress export it to TEST_EXPORT, and prints an application password.
$_SERVER['HTTP_HOST'] = parse_url(getenv('TEST_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('TEST_URL'), PHP_URL_PORT);
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
define('WP_INSTALLING', true);
require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/admin.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
require ABSPATH . 'wp-admin/includes/export.php';

function wp_new_blog_notification() {} // It would send mail.

wp_install('Harbor Institute', 'editor', 'editor@institute.example', true, '', 'a long password');
wp_installing(false);
update_option('timezone_string', 'America/New_York');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
$wp_rewrite->init();
do_action('init');
flush_rewrite_rules(false);
wp_set_current_user(1);
kses_remove_filters();

function made($id) {
    if (is_wp_error($id)) {
        throw new Exception($id->get_error_message());
    }
    return is_array($id) ? $id['term_id'] : $id;
}

function user($login, $first, $last, $role = 'author') {
    return made(wp_insert_user(['user_login' => $login, 'user_pass' => 'a long password', 'user_email' => "$login@institute.example", 'role' => $role,
        'first_name' => $first, 'last_name' => $last, 'display_name' => "$first $last"]));
}

function term($taxonomy, $name, $parent = 0, $slug = '', $description = '') {
    return made(wp_insert_term($name, $taxonomy, ['parent' => $parent, 'slug' => $slug, 'description' => $description]));
}

function item($title, $content, $date, $more = []) {
    return made(wp_insert_post(wp_slash($more + ['post_title' => $title, 'post_content' => $content, 'post_date' => $date, 'post_status' => 'publish']), true));
}

function upload($file, $title, $parent, $mime, $more = [], $size = null, $alt = '') {
    $id = made(wp_insert_attachment(wp_slash($more + ['post_title' => $title, 'post_mime_type' => $mime, 'post_status' => 'inherit']), $file, $parent, true));
    if ($size) {
        wp_update_attachment_metadata($id, ['width' => $size[0], 'height' => $size[1], 'file' => $file, 'sizes' => []]);
    }
    update_post_meta($id, '_wp_attachment_image_alt', wp_slash($alt));
    return $id;
}

$ada = user('ada', 'Ada', 'Moreau');
$ines = user('Ines.Duarte', 'Inês', 'Duarte');
user('quiet', 'Quiet', 'Reader', 'subscriber');

$trade = term('category', 'Trade & routes', 0, 'trade', 'What moves, and <em>why</em>.');
$straits = term('category', 'Straits "and" canals', $trade);
$oped = term('category', 'Op-eds');
$tags = [term('post_tag', 'shipping'), term('post_tag', 'Ölpreise'), term('post_tag', '海峡')];
// A parent with a higher number than its child.
$horn = term('region', 'Horn of Africa');
$africa = term('region', 'Africa');
wp_update_term($horn, 'region', ['parent' => $africa]);

$strait = item('What a "free" strait costs', "Ships wait -- and \"waiting\" costs.\nInsurers know it [sic].\n\nA second paragraph & more.\n\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
    '2024-05-14 09:30:00', ['post_author' => $ada, 'post_category' => [$straits, $oped], 'post_excerpt' => 'Passage is free; waiting is not.', 'tags_input' => [$tags[0], $tags[1]]]);
wp_set_object_terms($strait, [$horn], 'region');
stick_post($strait);
$picture = upload('2024/05/strait.jpg', 'Strait', $strait, 'image/jpeg', ['post_excerpt' => 'The strait at noon'], [1200, 800], 'Ships in a "narrow" strait');
set_post_thumbnail($strait, $picture);
upload('2024/05/paper.pdf', 'The paper', $strait, 'application/pdf', ['post_content' => 'With all tables.']);
$bare = upload('2024/06/bare.png', 'Bare', 0, 'image/png', ['post_content' => 'A long description that is no caption.'], [640, 480]);

$give = item('Give', "<!-- wp:paragraph -->\n<p>Give now, and often.</p>\n<!-- /wp:paragraph -->", '2024-05-31 12:00:00', ['post_type' => 'wp_block', 'post_author' => $ada]);
item('Convoys, explained', "<!-- wp:paragraph -->\n<p>A convoy is slow. It's as slow as its slowest ship.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading -->\n<h2>Why</h2>\n<!-- /wp:heading -->\n\n"
    . "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>fuel</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n<!-- wp:html -->\n<p>Two\nlines</p>\n<!-- /wp:html -->\n\n<!-- wp:block {\"ref\":$give} /-->\n\n"
    . "<!-- wp:query {\"queryId\":1,\"query\":{\"perPage\":3,\"postType\":\"post\",\"order\":\"desc\",\"orderBy\":\"date\"}} -->\n<div class=\"wp-block-query\"><!-- wp:paragraph -->\n<p>Also new</p>\n<!-- /wp:paragraph -->\n\n"
    . "<!-- wp:post-template -->\n<!-- wp:post-title {\"isLink\":true} /-->\n\n<!-- wp:post-excerpt /-->\n<!-- /wp:post-template --></div>\n<!-- /wp:query -->\n\n<!-- wp:latest-posts /-->\n\n"
    . "<!-- wp:social-links -->\n<ul class=\"wp-block-social-links\"><!-- wp:social-link {\"url\":\"https://social.example/harbor\",\"service\":\"mastodon\"} /--></ul>\n<!-- /wp:social-links -->",
    '2024-06-01 12:00:00', ['post_author' => $ines, 'post_category' => [$trade], 'tags_input' => [$tags[2]]]);
$films = item('With pictures', "[caption id=\"attachment_$picture\" align=\"alignnone\" width=\"600\"]<img src=\"" . wp_get_attachment_url($picture) . "\" width=\"600\" height=\"400\" alt=\"A strait\" /> The strait[/caption]\n\nText after it.",
    '2024-06-02 12:00:00', ['post_author' => $ines]);
set_post_thumbnail($films, $bare);
item('海峡の値段', 'Written in another script.', '2024-06-03 12:00:00', ['post_author' => $ada]);
item('A draft', 'Not finished "yet".', '2024-06-04 12:00:00', ['post_author' => $ada, 'post_status' => 'draft', 'post_category' => [$trade]]);
item('Waiting for review', 'Pending.', '2024-06-05 12:00:00', ['post_author' => $ines, 'post_status' => 'pending']);
item('For ourselves', 'A private note.', '2024-06-06 12:00:00', ['post_author' => $ada, 'post_status' => 'private']);
item('Next century', 'Scheduled.', '2099-07-01 12:00:00', ['post_author' => $ada, 'post_status' => 'future']);
item('For members', 'Behind a password.', '2024-06-07 12:00:00', ['post_author' => $ada, 'post_password' => 'swordfish']);
wp_trash_post(item('Thrown away', 'Trash.', '2024-06-08 12:00:00', ['post_author' => $ada]));
$discussed = item('Discussed', 'People comment.', '2024-06-09 12:00:00', ['post_author' => $ada]);
wp_insert_comment(['comment_post_ID' => $discussed, 'comment_author' => 'Commenter', 'comment_author_email' => 'commenter@comments.example', 'comment_content' => 'A comment.']);
item('An evening on straits', 'With "questions".', '2024-06-10 12:00:00', ['post_type' => 'event', 'post_author' => $ada, 'meta_input' =>
    ['_EventStartDateUTC' => '2024-09-10 22:00:00', '_EventEndDateUTC' => '2024-09-10 23:30:00', '_EventTimezone' => 'America/New_York', '_secret' => 'a secret of a plugin']]);
// What WordPress 6.9 and later, plugins and browsers hide. This WordPress may be older: then its own pages show some of it.
$hide = '{"metadata":{"blockVisibility":false}}';
$pattern = function ($title, $text, $more = []) { return item($title, "<!-- wp:paragraph -->\n<p>$text</p>\n<!-- /wp:paragraph -->", '2024-06-11 12:00:00', $more + ['post_type' => 'wp_block']); };
$callout = $pattern('Callout', 'zqhidden in a pattern.');
$mixed = item('Mixed', "<!-- wp:paragraph -->\n<p>Open words of a pattern.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph $hide -->\n<p>zqhidden within a pattern.</p>\n<!-- /wp:paragraph -->", '2024-06-11 12:00:00', ['post_type' => 'wp_block']);
$refs = implode('', array_map(function ($id) { return "<!-- wp:block {\"ref\":$id} /-->\n\n"; }, [$mixed, $pattern('Unfinished', 'zqhidden draft.', ['post_status' => 'draft']),
    $pattern('Locked', 'zqhidden locked.', ['post_password' => 'swordfish']), $pattern('Own', 'zqhidden private.', ['post_status' => 'private'])]));
$parts = item('Open parts', "<!-- wp:paragraph -->\n<p>Shown to all.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading $hide -->\n<h2>zqhidden heading</h2>\n<!-- /wp:heading -->\n\n"
    . "<!-- wp:group $hide -->\n<div class=\"wp-block-group\"><!-- wp:paragraph -->\n<p>zqhidden in a group.</p>\n<!-- /wp:paragraph --></div>\n<!-- /wp:group -->\n\n"
    . "<!-- wp:block {\"ref\":$callout,\"metadata\":{\"blockVisibility\":false}} /-->\n\n$refs<!-- wp:shortcode -->\n[members_only]\n<!-- /wp:shortcode -->\n\n<!-- wp:paragraph -->\n<p>zqhidden for members.</p>\n<!-- /wp:paragraph -->\n\n"
    . "<!-- wp:shortcode -->\n[/members_only]\n<!-- /wp:shortcode -->\n\n<!-- wp:html -->\n<p style=\"display:none\">zqhidden unseen.</p>\n<!-- /wp:html -->\n\n"
    . "<!-- wp:paragraph {\"metadata\":{\"blockVisibility\":{\"viewport\":{\"mobile\":false}}}} -->\n<p>Not on phones.</p>\n<!-- /wp:paragraph -->", '2024-06-11 12:00:00', ['post_author' => $ada]);
upload('2024/06/zqhidden.pdf', 'zqhidden', $parts, 'application/pdf', ['post_status' => 'private', 'post_date' => '2024-06-11 12:00:00']);
// More than a page of the API.
for ($i = 1; $i <= 120; $i++) {
    item("Note $i", "The text of note $i.", gmdate('Y-m-d H:i:s', strtotime('2024-07-01 08:00:00') + 3600 * $i), ['post_author' => $i % 2 ? $ada : $ines]);
}

$about = item('About', 'Who we are. <a href="/about/staff/">Staff</a>', '2024-05-01 12:00:00', ['post_type' => 'page']);
$staff = item('Staff', 'Our people.', '2024-05-01 13:00:00', ['post_type' => 'page', 'post_parent' => $about]);
item('A page to come', 'Soon.', '2099-07-01 12:00:00', ['post_type' => 'page', 'post_status' => 'future']);
if (version_compare(get_bloginfo('version'), '7.1', '>=')) {
    require __DIR__ . '/today.php';
}

$menu = made(wp_create_nav_menu('Main menu'));
function entry($menu, $type, $object, $id, $more = []) {
    return made(wp_update_nav_menu_item($menu, 0, $more + ['menu-item-type' => $type, 'menu-item-object' => $object, 'menu-item-object-id' => $id, 'menu-item-status' => 'publish']));
}
$top = entry($menu, 'custom', 'custom', 0, ['menu-item-title' => 'Work', 'menu-item-url' => '#']);
entry($menu, 'taxonomy', 'category', $trade, ['menu-item-parent-id' => $top]);
entry($menu, 'post_type', 'page', $staff, ['menu-item-title' => 'People']);
entry($menu, 'custom', 'custom', 0, ['menu-item-title' => 'Donate & help', 'menu-item-url' => 'https://donate.example/?a=1&b=2']);

ob_start();
export_wp();
file_put_contents(getenv('TEST_EXPORT'), ob_get_clean());
echo WP_Application_Passwords::create_new_application_password(1, ['name' => 'import'])[0];
