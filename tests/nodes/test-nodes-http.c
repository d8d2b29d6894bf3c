/* test-nodes-http.c: core:HttpRequest in real runs; the service is tests/llm/peer.py
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "await.h"
#include "hearth-credentials.h"
#include "hearth-json.h"
#include "hearth-outside.h"
#include "hearth-policy.h"
#include "hearth-run.h"
#include "nodes.h"
#include "peer.h"

#define KEY "sk-canary-0123456789"

/* --- a keyring with one key --------------------------------------------------------------------------- */

#define TEST_TYPE_KEYS (test_keys_get_type ())
G_DECLARE_FINAL_TYPE (TestKeys, test_keys, TEST, KEYS, GObject)

struct _TestKeys
{
  GObject parent_instance;
};

static void
keys_load_async (HearthCredentials  *self,
                 const char         *name,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (g_str_equal (name, "my key"))
    g_task_return_pointer (task, hearth_secret_new (KEY), (GDestroyNotify) hearth_secret_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no credential “%s”.", name);
}

static HearthSecret *
keys_load_finish (HearthCredentials *self,
                  GAsyncResult      *result,
                  GError           **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keys_iface_init (HearthCredentialsInterface *iface)
{
  iface->load_async = keys_load_async;
  iface->load_finish = keys_load_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestKeys, test_keys, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_CREDENTIALS, keys_iface_init))

static void
test_keys_class_init (TestKeysClass *klass)
{
}

static void
test_keys_init (TestKeys *self)
{
}

/* --- runs of one node ------------------------------------------------------------------------------------ */

typedef struct
{
  Peer peer;
  HearthOutside *outside;
  TestKeys *keys; /* NULL: the run has none */
  HearthCatalog *catalog;
  HearthRun *run;
  HearthValue *outputs;
  char *failure;
  gboolean ended;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  peer_start (&self->peer, NULL);
  self->outside = hearth_outside_new ();
  self->keys = g_object_new (TEST_TYPE_KEYS, NULL);
  self->catalog = hearth_catalog_new ();
  hearth_catalog_add_all (self->catalog, decls, n);
}

static void
forget (Fixture *self)
{
  if (self->run != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->run));
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_pointer (&self->failure, g_free);
  self->ended = FALSE;
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  forget (self);
  await_idle ();
  g_object_unref (self->catalog);
  g_clear_object (&self->keys);
  g_assert_finalize_object (self->outside);
  peer_stop (&self->peer);
}

static void
observe_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  Fixture *self = user_data;

  if (event->kind == HEARTH_EVENT_NODE_COMPLETE)
    self->outputs = hearth_value_ref (event->value);
  if (event->kind == HEARTH_EVENT_NODE_ERROR)
    self->failure = g_strdup (event->message);
  if (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status))
    self->ended = TRUE;
}

/* @inputs: JSON of an object, in which $ stands for the peer's address. @config: JSON, or NULL. */
static void
begin (Fixture    *self,
       const char *inputs,
       const char *config)
{
  g_auto (GStrv) parts = g_strsplit (inputs, "$", -1);
  g_autofree char *filled = g_strjoinv (self->peer.base, parts);
  g_autofree char *text = g_strdup_printf (
      "{\"name\":\"t\",\"nodes\":[{\"id\":\"n\",\"type\":\"core:HttpRequest\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":%s%s%s}],"
      "\"edges\":[],\"interfaceInputs\":{},\"interfaceOutputs\":{}}",
      filled, config != NULL ? ",\"configValues\":" : "", config != NULL ? config : "");
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_json_parse (text, -1, &error);
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (HearthPlan) plan = NULL;

  g_assert_no_error (error);
  graph = hearth_graph_new_from_value (self->catalog, value, &error);
  g_assert_no_error (error);
  plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  forget (self);
  self->run = hearth_run_new (plan, NULL);
  hearth_run_add_service (self->run, G_OBJECT (self->outside));
  if (self->keys != NULL)
    hearth_run_add_service (self->run, G_OBJECT (self->keys));
  hearth_run_add_observer (self->run, observe_cb, self, NULL);
  hearth_run_start (self->run);
}

/* The outputs; borrowed. */
static HearthValue *
ask (Fixture    *self,
     const char *inputs)
{
  begin (self, inputs, NULL);
  AWAIT (self->ended);
  g_assert_cmpstr (self->failure, ==, NULL);
  return self->outputs;
}

static void
assert_fails (Fixture    *self,
              const char *inputs,
              const char *pattern)
{
  begin (self, inputs, NULL);
  AWAIT (self->ended);
  if (self->failure == NULL || !g_pattern_match_simple (pattern, self->failure))
    g_error ("%s: %s", inputs, self->failure);
}

static const char *
echoed (Fixture    *self,
        const char *header)
{
  HearthValue *headers = hearth_value_get (hearth_value_get (self->outputs, "json"), "headers");

  return hearth_value_get_member_string (headers, header, "");
}

static gint64
count_calls (Fixture *self)
{
  HearthValue *outputs = ask (self, "{\"url\":\"$/count\"}");

  return hearth_value_get_member_integer (hearth_value_get (outputs, "json"), "calls", -1);
}

/* --- tests --------------------------------------------------------------------------------------------------- */

static void
test_asks (Fixture      *self,
           gconstpointer data)
{
  HearthValue *outputs = ask (self, "{\"url\":\" $/echo?q=1 \"}");
  HearthValue *json = hearth_value_get (outputs, "json");

  g_assert_cmpint (hearth_value_get_member_integer (outputs, "status", 0), ==, 200);
  g_assert_cmpstr (hearth_value_get_member_string (json, "path", NULL), ==, "/echo?q=1");
  g_assert_cmpstr (hearth_value_get_member_string (json, "method", NULL), ==, "GET");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_get (outputs, "headers"), "content-type", NULL), ==, "application/json");
  g_assert_cmpstr (echoed (self, "hearth-pack"), ==, "core:HttpRequest");

  outputs = ask (self, "{\"url\":\"$/echo\",\"method\":\"post\",\"headers\":\"{\\\"X-Extra\\\":5}\",\"body\":{\"a\":[1]}}");
  json = hearth_value_get (outputs, "json");
  g_assert_cmpstr (hearth_value_get_member_string (json, "method", NULL), ==, "POST");
  g_assert_cmpstr (hearth_value_get_member_string (json, "body", NULL), ==, "{\"a\":[1]}");
  g_assert_cmpstr (echoed (self, "x-extra"), ==, "5");
  g_assert_cmpstr (echoed (self, "content-type"), ==, "application/json");

  ask (self, "{\"url\":\"$/echo\",\"method\":\"PUT\",\"body\":\"just text\"}");
  g_assert_cmpstr (echoed (self, "content-type"), ==, "text/plain; charset=utf-8");
}

static void
test_not_json (Fixture      *self,
               gconstpointer data)
{
  HearthValue *outputs = ask (self, "{\"url\":\"$/play\",\"method\":\"POST\",\"body\":{\"status\":404,\"steps\":[{\"bytes\":\"PGI+/w==\"}]},"
                                    "\"fail_on_error\":false}");

  g_assert_cmpint (hearth_value_get_member_integer (outputs, "status", 0), ==, 404);
  g_assert_cmpstr (hearth_value_get_member_string (outputs, "text", NULL), ==, "<b>\xef\xbf\xbd");
  g_assert_true (hearth_value_is (hearth_value_get (outputs, "json"), NULL));
}

static void
test_fails (Fixture      *self,
            gconstpointer data)
{
  assert_fails (self, "{\"url\":\"nonsense\"}", "*“nonsense” is not an address*");
  assert_fails (self, "{\"url\":\"http://127.0.0.1:1/\"}", "*Nothing answers*");
  assert_fails (self, "{\"url\":\"$/nowhere\"}", "*status 404 (Not Found)*peer.py has no*");
  assert_fails (self, "{\"url\":\"$/redirect?to=http://127.0.0.2/x\"}", "*“http://127.0.0.2/x”*another place*");
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":[1]}", "*must be an object*");
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"X\":\"a\\r\\nHearth-Pack: none\"}}", "*“X” cannot be sent*");
  assert_fails (self, "{\"url\":\"$/play\",\"method\":\"POST\",\"body\":{\"framing\":\"none\",\"steps\":[{\"wait\":60}]},\"timeout\":0.2}",
                "*took longer*");
}

/* What passes by waiting is tried again, and only that. */
static void
test_retries (Fixture      *self,
              gconstpointer data)
{
  static const struct { int status; gint64 calls; } cases[] = { { 429, 3 }, { 503, 3 }, { 401, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 before = count_calls (self);
      g_autofree char *inputs = g_strdup_printf ("{\"url\":\"$/play\",\"method\":\"POST\",\"body\":{\"status\":%d}}", cases[i].status);

      begin (self, inputs, "{\"" HEARTH_POLICY_KEY "\":{\"retry\":{\"count\":2,\"delayMs\":1}}}");
      AWAIT (self->ended);
      g_assert_nonnull (self->failure);
      g_assert_cmpint (count_calls (self) - before, ==, cases[i].calls);
    }
}

static void
test_stopped (Fixture      *self,
              gconstpointer data)
{
  begin (self, "{\"url\":\"$/play\",\"method\":\"POST\",\"headers\":{\"X-Call-Id\":\"s\"},\"body\":{\"steps\":[{\"endless\":\"x\"}]}}", NULL);
  g_timeout_add_once (100, (GSourceOnceFunc) hearth_run_cancel, self->run);
  AWAIT (self->ended);
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_INTERRUPTED);
  ask (self, "{\"url\":\"$/closed?id=s\"}");
  g_assert_true (hearth_value_is (hearth_value_get (self->outputs, "json"), OBJECT));
}

/* --- keys ------------------------------------------------------------------------------------------------------ */

static void
test_credential (Fixture      *self,
                 gconstpointer data)
{
  ask (self, "{\"url\":\"$/echo\",\"headers\":{\"X-Extra\":\"1\",\"Authorization\":\"Bearer {credential:my key}\"}}");
  g_assert_cmpstr (echoed (self, "authorization"), ==, "Bearer " KEY);
  g_assert_cmpstr (echoed (self, "x-extra"), ==, "1");
}

static void
test_credential_fails (Fixture      *self,
                       gconstpointer data)
{
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"Authorization\":\"Bearer sk-1\"}}", "*“Authorization” would carry a key*");
  g_assert_null (strstr (self->failure, "sk-1"));
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"x-API-key\":\"sk-1\"}}", "*would carry a key*");
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"X\":\"{credential:my key} more\"}}", "*at the end*");
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"X\":\"{credential:my key}\",\"Y\":\"{credential:my key}\"}}", "*Only one*");
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"X\":\"{credential:other}\"}}", "*There is no credential “other”*");
  assert_fails (self, "{\"url\":\"http://127.0.0.1:1/\",\"headers\":{\"X\":\"{credential:my key}\"}}", "*Nothing answers*");
  g_assert_null (strstr (self->failure, KEY));
  g_clear_object (&self->keys);
  assert_fails (self, "{\"url\":\"$/echo\",\"headers\":{\"X\":\"{credential:my key}\"}}", "*no access to stored credentials*");
}

#define ADD(name, function) g_test_add ("/nodes/http/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("asks", test_asks);
  ADD ("not-json", test_not_json);
  ADD ("fails", test_fails);
  ADD ("retries", test_retries);
  ADD ("stopped", test_stopped);
  ADD ("credential", test_credential);
  ADD ("credential-fails", test_credential_fails);
  return g_test_run ();
}
