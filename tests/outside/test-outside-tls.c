/* test-outside-tls.c: the other side has to prove who it is
 *
 * A program of its own, because the leak checker cannot look at one that has the TLS library in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "heard.h"

#include <glib/gstdio.h>

static void
test_tls (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hearth-tls-XXXXXX", NULL);
  g_autofree char *certificate = g_build_filename (folder, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  const char *const make[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
                               "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key, NULL };
  const char *const more[] = { "--tls", certificate, key, NULL };
  Fixture self;
  g_auto (Heard) heard = { 0 };
  g_auto (Heard) trusted = { 0 };
  g_autoptr (GTlsDatabase) anchors = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) make, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  peer_start (&self.peer, more);
  self.outside = hearth_outside_new ();
  get (&self, &heard, "/echo");
  assert_failed (&heard, TLS);
  g_assert_cmpuint (heard.status, ==, 0);
  g_object_unref (self.outside);

  /* The same, known to this machine; the peer would rather speak HTTP/2, which it cannot. */
  anchors = g_tls_file_database_new (certificate, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), anchors);
  self.outside = hearth_outside_new ();
  get (&self, &trusted, "/echo");
  g_assert_no_error (trusted.error);
  g_assert_cmpuint (trusted.status, ==, 200);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  tear_down (&self, NULL);
  g_assert_cmpint (g_remove (certificate) + g_remove (key) + g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outside/tls", test_tls);
  return g_test_run ();
}
