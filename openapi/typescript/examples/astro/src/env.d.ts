declare namespace App {
  interface Locals {
    preview: boolean;
    /** The API as this reader may see it. */
    api: import("content-api-client").Api;
  }
}
