/* test-local-servers.c: servers of models that are found on this machine, and what else may answer there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-local-servers.h"

#include "await.h"
#include "parse.h"
#include "peer.h"
#include "reading.h"

static void
done_cb (HearthValue *servers,
         gpointer     user_data)
{
  HearthValue **place = user_data;

  g_assert_null (*place);
  *place = hearth_value_ref (servers);
}

static HearthLocalPlace
make_place (const char *provider,
            const char *base_url)
{
  return (HearthLocalPlace){ hearth_providers_lookup (provider), "p", "P", base_url };
}

/* Ollama, a port that nobody listens at, one that answers with something else, one that never answers. */
static void
test_found (void)
{
  Peer peer;
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (HearthValue) servers = NULL;
  g_autofree char *silent = NULL;
  g_autofree char *text = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  peer_start (&peer, NULL);
  silent = g_strdup_printf ("http://127.0.0.1:%u", port);
  {
    g_autofree char *elsewhere = g_strconcat (peer.base, "/echo", NULL);
    HearthLocalPlace places[] = { make_place ("openai", "http://127.0.0.1:1/v1"), make_place ("ollama", peer.base),
                                  make_place ("openai", elsewhere), make_place ("openai", silent) };
    HearthLocalSearch *search = hearth_local_search_start (outside, places, G_N_ELEMENTS (places), done_cb, &servers);

    g_assert_nonnull (search);
    g_assert_null (servers);
    AWAIT (servers != NULL);
  }
  text = g_strdup_printf ("[{\"provider\":\"ollama\",\"preset\":\"p\",\"name\":\"P\",\"baseUrl\":\"%s\",\"models\":["
                          "{\"id\":\"parrot:latest\",\"description\":\"8.0B, Q4_K_M\"},{\"id\":\"tool\",\"description\":\"8.0B, Q4_K_M\"}]}]", peer.base);
  assert_value (servers, text);
  peer_stop (&peer);
}

static void
test_nowhere (void)
{
  HearthLocalPlace nowhere = make_place ("openai", "http://127.0.0.1:1/v1");
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  g_autoptr (HearthValue) servers = NULL;

  hearth_local_search_start (outside, &nowhere, 0, done_cb, &servers);
  AWAIT (servers != NULL);
  assert_value (servers, "[]");
  hearth_value_unref (g_steal_pointer (&servers));
  hearth_local_search_cancel (hearth_local_search_start (outside, &nowhere, 0, done_cb, &servers));
  hearth_local_search_cancel (hearth_local_search_start (outside, &nowhere, 1, done_cb, &servers));
  hearth_local_search_cancel (hearth_local_search_start (outside, NULL, 0, done_cb, &servers));
  await_idle ();
  g_assert_null (servers);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local-servers/found", test_found);
  g_test_add_func ("/local-servers/nowhere", test_nowhere);
  return g_test_run ();
}
