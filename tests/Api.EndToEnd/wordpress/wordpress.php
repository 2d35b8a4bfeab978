<?php
// Debian's WordPress, or that of the folder CONTENT_WORDPRESS, with a database, an address and a content folder of the test's own: what wp-config.php and wp-load.php do elsewhere.
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('TEST_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', $name . ' key');
    define($name . '_SALT', $name . ' salt');
}
define('WP_HOME', getenv('TEST_URL'));
define('WP_SITEURL', getenv('TEST_URL'));
define('WP_CONTENT_DIR', __DIR__ . '/content');
// WordPress would ask the database, which is empty at first.
define('WP_CONTENT_URL', getenv('TEST_URL') . '/wp-content');
// Application passwords work without https then.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('WP_AUTO_UPDATE_CORE', false);
define('WP_DEFAULT_THEME', 'plain');
define('ABSPATH', rtrim(getenv('CONTENT_WORDPRESS') ?: '/usr/share/wordpress', '/') . '/');
$table_prefix = 'wp_';
