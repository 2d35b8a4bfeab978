<?php
// What every request to PHP's own web server runs: index.php of WordPress.
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-settings.php';
wp();
define('WP_USE_THEMES', true);
require ABSPATH . WPINC . '/template-loader.php';
