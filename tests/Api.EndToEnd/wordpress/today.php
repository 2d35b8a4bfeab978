<?php
// Pages with what the editor of WordPress 7.1 writes, as it writes it: each must come the same from the file, with a user, and as visitors see it.
function block($name, $settings, $inner = null) {
    $settings = $settings ? ' ' . serialize_block_attributes($settings) : '';
    return $inner === null ? "<!-- wp:$name$settings /-->\n\n" : "<!-- wp:$name$settings -->\n$inner\n<!-- /wp:$name -->\n\n";
}

function para($text, $settings = []) {
    return block('paragraph', $settings, "<p>$text</p>");
}

function today($slug, $content, $more = []) {
    static $minute = 0;
    return item("Today $slug", $content, sprintf('2026-03-01 10:%02d:00', $minute++), $more + ['post_name' => "today-$slug", 'post_type' => 'page', 'post_author' => $GLOBALS['ada']]);
}

$files = getenv('TEST_URL') . '/wp-content/uploads/2026/03/';
$crane = upload('2026/03/crane.jpg', 'Crane', 0, 'image/jpeg', [], [1200, 800], 'A crane');
$quay = upload('2026/03/quay.jpg', 'Quay', 0, 'image/jpeg', ['post_excerpt' => 'The quay'], [900, 600], 'A quay');
$talk = upload('2026/03/talk.mp3', 'Talk', 0, 'audio/mpeg');

$panel = function ($title, $text) {
    return block('accordion-item', [], '<div class="wp-block-accordion-item">' . block('accordion-heading', [], '<h3 class="wp-block-accordion-heading"><button type="button" class="wp-block-accordion-heading__toggle">'
        . "<span class=\"wp-block-accordion-heading__toggle-title\">$title</span><span class=\"wp-block-accordion-heading__toggle-icon\" aria-hidden=\"true\">+</span></button></h3>")
        . block('accordion-panel', [], '<div role="region" class="wp-block-accordion-panel">' . para($text) . '</div>') . '</div>');
};
today('accordion', para('Tolls.') . block('accordion', [], '<div role="group" class="wp-block-accordion">' . $panel('Who pays?', 'Shippers do.') . $panel('Who gains?', 'Pilots do.') . '</div>'));
today('tabs', block('tabs', [], '<div class="wp-block-tabs">' . block('tab-list', [], '<div role="tablist" class="wp-block-tab-list"><button type="button" role="tab">Brief</button><button type="button" role="tab">Long</button></div>')
    . block('tab-panels', [], '<div class="wp-block-tab-panels">' . block('tab-panel', ['label' => 'Brief'], '<section role="tabpanel" tabindex="0" class="wp-block-tab-panel">' . para('Short words.') . '</section>')
    . block('tab-panel', ['label' => 'Long'], '<section role="tabpanel" tabindex="0" class="wp-block-tab-panel">' . para('Many more words.') . '</section>') . '</div>') . '</div>'));
today('maths', '<!-- wp:math {"latex":"p^2"} --><div class="wp-block-math"><math display="block"><semantics><msup><mi>p</mi><mn>2</mn></msup><annotation encoding="application/x-tex">p^2</annotation></semantics></math></div><!-- /wp:math -->');
today('details', block('details', ['showContent' => true], '<details class="wp-block-details" open><summary>More <em>on</em> tolls</summary>' . para('Inside.') . '</details>'));
today('playlist', block('playlist', ['caption' => 'Heard'], '<figure class="wp-block-playlist"><ol class="wp-block-playlist__tracklist">'
    . block('playlist-track', ['id' => $talk, 'src' => "{$files}talk.mp3", 'title' => 'First <talk> & last', 'artist' => 'Ada Moreau', 'length' => '3:10']) . '</ol><figcaption class="wp-element-caption">Heard</figcaption></figure>'));

$number = '<sup data-fn="f0000000-0000-4000-8000-000000000001" class="fn"><a href="#f0000000-0000-4000-8000-000000000001" id="f0000000-0000-4000-8000-000000000001-link">1</a></sup>';
today('footnotes', para("Tolls rose$number.") . block('footnotes', []) . para('So it was.'),
    ['meta_input' => ['footnotes' => '[{"content":"Ledger of <em>tolls</em>.","id":"f0000000-0000-4000-8000-000000000001"}]']]);

$own = function ($name) { return ['metadata' => ['bindings' => ['__default' => ['source' => 'core/pattern-overrides']], 'name' => $name]]; };
$callout = today('callout', block('heading', ['level' => 3] + $own('Top'), '<h3 class="wp-block-heading">Stand-in</h3>')
    . block('image', ['id' => $crane] + $own('Picture'), "<figure class=\"wp-block-image\"><img src=\"{$files}crane.jpg\" alt=\"Stand-in\" class=\"wp-image-$crane\"/><figcaption class=\"wp-element-caption\">Stand-in</figcaption></figure>")
    . para('A line of the pattern.'), ['post_type' => 'wp_block']);
today('overrides', para('Before it.') . block('block', ['ref' => $callout, 'content' => ['Top' => ['content' => 'Tolls <em>rise</em>'], 'Picture' => ['id' => $quay, 'url' => "{$files}quay.jpg", 'alt' => 'A quay', 'caption' => 'Own words']]]) . para('After it.'));
today('bound', para('Stand-in', ['metadata' => ['bindings' => ['content' => ['source' => 'core/post-data', 'args' => ['field' => 'date']]]]]) . para('Stand-in', ['metadata' => ['bindings' => ['content' => ['source' => 'core/post-data', 'args' => ['field' => 'modified']]]]]));

$menu = today('menu', block('navigation-link', ['label' => 'About us', 'type' => 'page', 'id' => $about, 'url' => getenv('TEST_URL') . '/about/', 'kind' => 'post-type']) . block('home-link', ['label' => 'Start']), ['post_type' => 'wp_navigation']);
today('menu-in-text', para('Above.') . block('navigation', ['ref' => $menu]) . block('rss', ['feedURL' => 'https://feed.example/']) . para('Below.'));
today('cover', block('cover', ['useFeaturedImage' => true], '<div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__background has-background-dim"></span><div class="wp-block-cover__inner-container">' . para('On the cover.') . '</div></div>'),
    ['meta_input' => ['_thumbnail_id' => $crane]]);
today('query', para('Start.') . '<!-- wp:query {"queryId":9,"query":{"perPage":2,"postType":"post","inherit":false}} --><div class="wp-block-query"><!-- wp:heading --><h2 class="wp-block-heading">Latest</h2><!-- /wp:heading -->'
    . '<!-- wp:post-template --><!-- wp:post-title /--><!-- /wp:post-template --><!-- wp:query-total /--><!-- wp:query-no-results --><!-- wp:paragraph --><p>Nothing.</p><!-- /wp:paragraph --><!-- /wp:query-no-results --></div><!-- /wp:query -->' . para('End.'));
today('old-shortcodes', "[caption id=\"attachment_$crane\" width=\"300\"]<img class=\"wp-image-$crane\" src=\"{$files}crane.jpg\" alt=\"A crane\" /> A crane <em>at noon</em>[/caption]\n\n[gallery ids=\"$quay\"]\n\n[playlist ids=\"$talk\"]\n\n[audio mp3=\"{$files}talk.mp3\"][/audio]");
today('more', para('One.') . "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n\n" . para('Two, which is much longer than one.') . "<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->\n\n" . para('Three.'));
