/* test-outside.c: what is sent to another side, and what it answers, well and badly (tests/llm/peer.py)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "heard.h"

/* --- what is sent ---------------------------------------------------------------------------------- */

static void
test_sent (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new ("sk-1234");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (HearthValue) headers = hearth_value_object ("X-Extra", hearth_value_string ("one, two"), NULL);
  g_autoptr (HearthValue) told = NULL;
  g_auto (Heard) heard = { 0 };
  HearthValue *received;

  send_request (self, &heard, "/echo?a=b%20c", &(HearthOutsideRequest) { .method = "PUT", .headers = headers, .secret = secret,
                .secret_header = "Authorization", .secret_prefix = "Bearer ", .body = body, .content_type = "application/json" });
  AWAIT (heard.ended);
  g_assert_no_error (heard.error);
  g_assert_cmpuint (heard.status, ==, 200);
  g_assert_cmpstr (hearth_value_get_member_string (heard.headers, "content-type", NULL), ==, "application/json");
  told = hearth_json_parse (heard.body->str, (gssize) heard.body->len, NULL);
  g_assert_cmpstr (hearth_value_get_member_string (told, "method", NULL), ==, "PUT");
  g_assert_cmpstr (hearth_value_get_member_string (told, "path", NULL), ==, "/echo?a=b%20c");
  g_assert_cmpstr (hearth_value_get_member_string (told, "body", NULL), ==, "{\"a\":1}");
  received = hearth_value_get (told, "headers");
  g_assert_cmpstr (hearth_value_get_member_string (received, "x-extra", NULL), ==, "one, two");
  g_assert_cmpstr (hearth_value_get_member_string (received, "authorization", NULL), ==, "Bearer sk-1234");
  g_assert_cmpstr (hearth_value_get_member_string (received, "content-type", NULL), ==, "application/json");
  g_assert_true (g_str_has_prefix (hearth_value_get_member_string (received, "user-agent", ""), "Hearth/"));
}

static void
assert_refused (Fixture              *self,
                HearthOutsideRequest *request,
                const char           *words)
{
  g_auto (Heard) heard = { .body = g_string_new (NULL) };

  request->method = request->method != NULL ? request->method : "GET";
  heard.exchange = hearth_outside_send (self->outside, request, &heard_events, &heard);
  g_assert_false (heard.ended);
  AWAIT (heard.ended);
  assert_failed (&heard, ADDRESS);
  g_assert_nonnull (strstr (heard.error->message, words));
  g_assert_null (strstr (heard.error->message, "hunter2"));
}

/* Nothing of it reaches a socket. */
static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (HearthSecret) broken = hearth_secret_new ("hunter2\nX: y");
  g_autoptr (HearthValue) split = hearth_value_object ("X", hearth_value_string ("a\r\nY: b"), NULL);
  g_autoptr (HearthValue) spaced = hearth_value_object ("X Y", hearth_value_string ("a"), NULL);
  g_autoptr (HearthValue) number = hearth_value_object ("X", hearth_value_integer (1), NULL);
  g_autofree char *uri = g_strconcat (self->peer.base, "/echo", NULL);
  g_autoptr (HearthValue) count = NULL;

  assert_refused (self, &(HearthOutsideRequest) { .uri = "ftp://example.org/" }, "ftp://example.org/");
  assert_refused (self, &(HearthOutsideRequest) { .uri = "/relative" }, "http://");
  assert_refused (self, &(HearthOutsideRequest) { .uri = "http:///path" }, "http://");
  assert_refused (self, &(HearthOutsideRequest) { .uri = NULL }, "http://");
  assert_refused (self, &(HearthOutsideRequest) { .uri = "http://me:hunter2@example.org/" }, "password");
  assert_refused (self, &(HearthOutsideRequest) { .uri = uri, .method = "GET /" }, "GET");
  assert_refused (self, &(HearthOutsideRequest) { .uri = uri, .headers = split }, "“X”");
  assert_refused (self, &(HearthOutsideRequest) { .uri = uri, .headers = spaced }, "“X Y”");
  assert_refused (self, &(HearthOutsideRequest) { .uri = uri, .headers = number }, "“X”");
  assert_refused (self, &(HearthOutsideRequest) { .uri = uri, .secret = broken, .secret_header = "Authorization" }, "key");
  count = get_json (self, "/count");
  g_assert_cmpint (hearth_value_get_member_integer (count, "calls", -1), ==, 0);
}

/* Before its first event. */
static void
test_refused_cancelled (Fixture      *self,
                        gconstpointer data)
{
  g_auto (Heard) heard = { .body = g_string_new (NULL) };

  heard.exchange = hearth_outside_send (self->outside, &(HearthOutsideRequest) { .method = "GET", .uri = "nonsense" }, &heard_events, &heard);
  g_clear_pointer (&heard.exchange, hearth_exchange_cancel);
  await_idle ();
  g_assert_false (heard.ended);
}

/* --- answers ---------------------------------------------------------------------------------------- */

#define EVENTS "data: h\xc3\xa9llo\r\n\r\ndata: \xe7\x95\x8c\xf0\x9f\x94\xa5\n\n"

static void
test_split (Fixture      *self,
            gconstpointer data)
{
  for (guint size = 1; size <= strlen (EVENTS); size++)
    {
      g_autofree char *script = g_strdup_printf ("{\"steps\":[{\"split\":%u},{\"send\":\"data: h\xc3\xa9llo\\r\\n\\r\\ndata: "
                                                 "\xe7\x95\x8c\xf0\x9f\x94\xa5\\n\\n\"}]}", size);
      g_auto (Heard) heard = { 0 };

      play (self, &heard, script, NULL);
      g_assert_no_error (heard.error);
      g_assert_cmpstr (heard.body->str, ==, EVENTS);
    }
}

/* The status is told, the body is read, and nothing is an error of ours. */
static void
test_statuses (Fixture      *self,
               gconstpointer data)
{
  static const guint statuses[] = { 201, 401, 404, 429, 500, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *script = g_strdup_printf ("{\"status\":%u,\"headers\":{\"Retry-After\":\"7\",\"WWW-Authenticate\":\"Basic\","
                                                 "\"Content-Type\":\"text/html\"},\"steps\":[{\"send\":\"<p>no\"}]}", statuses[i]);
      g_auto (Heard) heard = { 0 };

      play (self, &heard, script, NULL);
      g_assert_no_error (heard.error);
      g_assert_cmpuint (heard.status, ==, statuses[i]);
      g_assert_cmpstr (heard.body->str, ==, "<p>no");
      g_assert_cmpstr (hearth_value_get_member_string (heard.headers, "retry-after", NULL), ==, "7");
      g_assert_cmpstr (hearth_value_get_member_string (heard.headers, "content-type", NULL), ==, "text/html");
    }
}

static void
test_cut (Fixture      *self,
          gconstpointer data)
{
  static const char *const scripts[] = {
    "{\"steps\":[{\"send\":\"data: 1\\n\"},{\"cut\":true}]}",
    "{\"steps\":[{\"send\":\"data: 1\\n\"},{\"split\":3},{\"send\":\"data: 2 and some more of it\\n\"},{\"cut\":true}]}",
    "{\"steps\":[{\"send\":\"data: 1\\n\"},{\"wait\":0.05},{\"send\":\"data: 2\\n\"},{\"cut\":true}]}",
    "{\"steps\":[{\"send\":\"data: 1\\n\"},{\"raw\":\"10\\r\\ndata\"},{\"cut\":true}]}",
    "{\"framing\":\"length\",\"length\":100,\"steps\":[{\"send\":\"data: 1\\n\"},{\"cut\":true}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_auto (Heard) heard = { 0 };

      play (self, &heard, scripts[i], NULL);
      assert_failed (&heard, CUT);
      g_assert_true (g_str_has_prefix (heard.body->str, "data: 1\n"));
      g_assert_nonnull (strstr (heard.error->message, "127.0.0.1"));
    }
}

/* The other side goes as soon as all is said, without a word of it: the answer is whole. */
static void
test_left (Fixture      *self,
           gconstpointer data)
{
  static const char *const scripts[] = {
    "{\"leaves\":true,\"steps\":[{\"send\":\"data: 1\\n\\n\"}]}",
    "{\"leaves\":true,\"steps\":[{\"split\":2},{\"send\":\"data: 1\\n\\n\"},{\"wait\":0.05},{\"send\":\"data: 1\\n\\n\"}]}",
    "{\"leaves\":true,\"steps\":[{\"send\":\"data: a long line that has two digits of length\\n\\n\"}]}",
    "{\"leaves\":true}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_auto (Heard) heard = { 0 };

      play (self, &heard, scripts[i], NULL);
      g_assert_no_error (heard.error);
    }
}

/* No head, or none that is HTTP. */
static void
test_no_head (Fixture      *self,
              gconstpointer data)
{
  g_auto (Heard) nothing = { 0 };
  g_auto (Heard) nonsense = { 0 };

  play (self, &nothing, "{\"framing\":\"none\",\"steps\":[{\"cut\":true}]}", NULL);
  assert_failed (&nothing, CUT);
  g_assert_cmpuint (nothing.status, ==, 0);
  play (self, &nonsense, "{\"framing\":\"none\",\"steps\":[{\"raw\":\"SSH-2.0-x\\r\\n\\r\\n\"},{\"cut\":true}]}", NULL);
  assert_failed (&nonsense, CUT);
}

static void
test_unreachable (Fixture      *self,
                  gconstpointer data)
{
  g_auto (Heard) closed = { .body = g_string_new (NULL) };

  closed.exchange = hearth_outside_send (self->outside, &(HearthOutsideRequest) { .method = "GET", .uri = "http://127.0.0.1:1/" },
                                         &heard_events, &closed);
  AWAIT (closed.ended);
  assert_failed (&closed, UNREACHABLE);
  g_assert_nonnull (strstr (closed.error->message, "127.0.0.1:1"));
}

static void
test_too_large (Fixture      *self,
                gconstpointer data)
{
  g_auto (Heard) heard = { 0 };
  g_auto (Heard) exact = { 0 };

  play (self, &heard, "{\"steps\":[{\"endless\":\"0123456789\"}]}", &(HearthOutsideRequest) { .max_bytes = 100000 });
  assert_failed (&heard, TOO_LARGE);
  g_assert_cmpuint (heard.body->len, <=, 100000);
  play (self, &exact, "{\"steps\":[{\"send\":\"0123456789\"}]}", &(HearthOutsideRequest) { .max_bytes = 10 });
  g_assert_no_error (exact.error);
}

/* --- redirects ------------------------------------------------------------------------------------------- */

static void
test_redirects (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (HearthValue) same = get_json (self, "/redirect?to=/redirect%3Fto%3D/echo%253Fx");
  g_auto (Heard) elsewhere = { 0 };
  g_auto (Heard) endless = { 0 };
  g_auto (Heard) posted = { 0 };
  g_auto (Heard) kept = { 0 };
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);

  g_assert_cmpstr (hearth_value_get_member_string (same, "path", NULL), ==, "/echo?x");
  get (self, &elsewhere, "/redirect?to=http://127.0.0.2:1/");
  g_assert_no_error (elsewhere.error);
  g_assert_cmpuint (elsewhere.status, ==, 302);
  g_assert_cmpstr (hearth_value_get_member_string (elsewhere.headers, "location", NULL), ==, "http://127.0.0.2:1/");
  get (self, &endless, "/loop");
  g_assert_cmpuint (endless.status, ==, 302);
  send_request (self, &posted, "/redirect?to=/echo&status=303", &(HearthOutsideRequest) { .body = body, .content_type = "text/plain" });
  AWAIT (posted.ended);
  g_assert_nonnull (strstr (posted.body->str, "\"method\": \"GET\""));
  send_request (self, &kept, "/redirect?to=/echo&status=307", &(HearthOutsideRequest) { .body = body, .content_type = "text/plain" });
  AWAIT (kept.ended);
  g_assert_nonnull (strstr (kept.body->str, "\"method\": \"POST\""));
  g_assert_nonnull (strstr (kept.body->str, "\"body\": \"x\""));
}

#define ADD(name, function) g_test_add ("/outside/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sent", test_sent);
  ADD ("refused", test_refused);
  ADD ("refused-cancelled", test_refused_cancelled);
  ADD ("split", test_split);
  ADD ("statuses", test_statuses);
  ADD ("cut", test_cut);
  ADD ("left", test_left);
  ADD ("no-head", test_no_head);
  ADD ("unreachable", test_unreachable);
  ADD ("too-large", test_too_large);
  ADD ("redirects", test_redirects);
  return g_test_run ();
}
