/* test-pack-http.c: nodes of packs that ask a service, here a server of the test's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "pack-run.h"

#define ASKS(call) \
  "{\"type\":\"N\",\"category\":\"c\",\"displayName\":\"Asks\",\"inputs\":{\"a\":{\"dataFlowType\":\"STRING\"}," \
  "\"o\":{\"dataFlowType\":\"OBJECT\"}},\"outputs\":{\"r\":{\"dataFlowType\":\"WILDCARD\"}},\"behavior\":{\"http\":" call "}}"

typedef struct
{
  PackRun pack;
  SoupServer *server;
  guint n_asked;
} Fixture;

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *type,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

/* Tells what was asked, as JSON. */
static void
answer_echo (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *sent = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  const char *extra = soup_message_headers_get_one (headers, "X-Extra");
  const char *pack = soup_message_headers_get_one (headers, HEARTH_OUTSIDE_HEADER);
  g_autoptr (HearthValue) value = hearth_value_object (
      "method", hearth_value_string (soup_server_message_get_method (message)),
      "path", hearth_value_string (g_uri_get_path (uri)), "query", hearth_value_string (g_uri_get_query (uri) ? g_uri_get_query (uri) : ""),
      "extra", hearth_value_string (extra != NULL ? extra : ""), "pack", hearth_value_string (pack != NULL ? pack : ""),
      "body", hearth_value_string (sent), NULL);
  g_autofree char *text = hearth_json_print (value);

  answer (message, 200, "application/json", text);
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Fixture *self = user_data;

  self->n_asked++;
  if (g_str_has_prefix (path, "/status/"))
    answer (message, (guint) atoi (path + 8), "text/plain", "the reason");
  else if (g_str_equal (path, "/text"))
    answer (message, 200, "text/plain", "only text");
  else if (g_str_equal (path, "/large"))
    {
      g_autofree char *large = g_strnfill ((17 << 20), 'a');

      answer (message, 200, "text/plain", large);
    }
  else if (g_str_equal (path, "/never"))
    soup_server_message_pause (message);
  else
    answer_echo (message);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  pack_run_set_up (&self->pack, data);
  self->server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, asked_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->pack.settings = g_strdup_printf ("{\"url\":\"http://127.0.0.1:%d/\"}", g_uri_get_port (uris->data));
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  soup_server_disconnect (self->server);
  g_free (self->pack.settings);
  pack_run_tear_down (&self->pack, data);
  g_object_unref (self->server);
}

#define assert_run(self, call, inputs, expected)                                 \
  G_STMT_START                                                                   \
  {                                                                              \
    const char *said_ = pack_run (&(self)->pack, ASKS (call), NULL, inputs);     \
    if (!g_str_equal (said_, expected) && !g_pattern_match_simple (expected, said_)) \
      g_error ("%s: %s", call, said_);                                           \
  }                                                                              \
  G_STMT_END

static void
test_asks (Fixture      *self,
           gconstpointer data)
{
  assert_run (self, "{\"url\":\"{settings.url}/w/{inputs.a}?q={inputs.a}\",\"outputs\":{\"r\":\"body.path\"}}",
              "{\"a\":\"x/y z\"}", "{\"r\":\"/w/x%2Fy%20z\"}");
  assert_run (self,
              "{\"url\":\"{settings.url}/\",\"method\":\"POST\",\"headers\":{\"X-Extra\":\"<{inputs.a}>\"},"
              "\"body\":{\"t\":\"a {inputs.a}\",\"o\":\"{inputs.o}\",\"n\":[1,null]},"
              "\"outputs\":{\"r\":\"[body.method, body.extra, body.body, body.pack, status]\"}}",
              "{\"a\":\"\\\"b\\\"\",\"o\":{\"k\":2}}",
              "{\"r\":[\"POST\",\"<\\\"b\\\">\",\"{\\\"t\\\":\\\"a \\\\\\\"b\\\\\\\"\\\",\\\"o\\\":{\\\"k\\\":2},\\\"n\\\":[1,null]}\","
              "\"t\",200]}");
  assert_run (self, "{\"url\":\"{settings.url}/text\",\"outputs\":{\"r\":\"[body, text]\"}}", "{}",
              "{\"r\":[\"only text\",\"only text\"]}");
}

static void
test_refusals (Fixture      *self,
               gconstpointer data)
{
  assert_run (self, "{\"url\":\"{settings.url}/status/404\",\"outputs\":{\"r\":\"body\"}}", "{}",
              "The service has nothing at this address: status 404 (Not Found). Check it. the reason");
  assert_run (self, "{\"url\":\"{settings.url}/status/500\",\"outputs\":{\"r\":\"body\"}}", "{}", "*status 500*");
  assert_run (self, "{\"url\":\"{settings.url}/\",\"outputs\":{\"r\":\"body.path + body.none\"}}", "{}",
              "The answer does not fit the output “r” (body.path + body.none)*");
  assert_run (self, "{\"url\":\"{settings.url}/large\",\"outputs\":{\"r\":\"body\"}}", "{}", "*larger than any that is read*");
  assert_run (self, "{\"url\":\"http://127.0.0.1:1/\",\"outputs\":{\"r\":\"body\"}}", "{}", "Nothing answers at “127.0.0.1:1”*");
  assert_run (self, "{\"url\":\"{settings.none}/x\",\"outputs\":{\"r\":\"body\"}}", "{}", "*is not an address*");
}

/* Nothing of it reaches the server. */
static void
test_injection (Fixture      *self,
                gconstpointer data)
{
  assert_run (self, "{\"url\":\"{settings.url}/\",\"headers\":{\"X-Extra\":\"{inputs.a}\"},\"outputs\":{\"r\":\"body.extra\"}}",
              "{\"a\":\"1\\r\\nHearth-Pack: none\"}", "*cannot hold a line break*");
  assert_run (self, "{\"url\":\"{settings.url}/{inputs.a}/x\",\"outputs\":{\"r\":\"body\"}}", "{\"a\":\"..\"}",
              "*cannot be part of an address*");
  assert_run (self, "{\"url\":\"http://{inputs.a}/x\",\"outputs\":{\"r\":\"body\"}}", "{\"a\":\"user@host\"}", "*");
  g_assert_cmpuint (self->n_asked, ==, 0);
}

static void
test_waits (Fixture      *self,
            gconstpointer data)
{
  const char *call = ASKS ("{\"url\":\"{settings.url}/never\",\"timeoutSeconds\":1,\"outputs\":{\"r\":\"body\"}}");

  pack_start (&self->pack, call, NULL, "{}");
  AWAIT (self->n_asked == 1);
  hearth_run_cancel (self->pack.run);
  AWAIT (self->pack.ended);
  g_assert_cmpint (hearth_run_get_status (self->pack.run), ==, HEARTH_RUN_INTERRUPTED);
  assert_run (self, "{\"url\":\"{settings.url}/never\",\"timeoutSeconds\":1,\"outputs\":{\"r\":\"body\"}}", "{}",
              "The service took longer to answer than its time-out allows. Allow it more time, or try again later.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/pack-http/asks", Fixture, NULL, set_up, test_asks, tear_down);
  g_test_add ("/pack-http/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/pack-http/injection", Fixture, NULL, set_up, test_injection, tear_down);
  g_test_add ("/pack-http/waits", Fixture, NULL, set_up, test_waits, tear_down);
  return g_test_run ();
}
