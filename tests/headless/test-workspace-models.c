/* test-workspace-models.c: the models that a workspace can ask, and what it says of those it cannot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-check.h"
#include "hearth-llm-operations.h"
#include "hearth-node-decl.h"
#include "workspaces.h"

static const HearthSlotDecl asker_inputs[] = {
  { .key = "model", .type = HEARTH_DATA_STRING, .name = "Model" },
  { 0 },
};

static const HearthNodeDecl asker_decl = {
  .type = "Asker", .space = "test", .category = "Test", .name = "Asker", .inputs = asker_inputs, .model_input = "model",
};

/* "no-channel a.model", a line for each problem of a node that asks @model. */
static char *
check (Fixture    *self,
       const char *model)
{
  static const HearthNodeDecl *const decls[] = { &asker_decl };
  HearthCatalog *catalog = hearth_workspace_get_catalog (self->workspace);
  g_autofree char *text = g_strdup_printf ("{\"nodes\":[{\"id\":\"a\",\"type\":\"test:Asker\",\"inputValues\":{\"model\":\"%s\"}}],"
                                           "\"edges\":[]}", model);
  g_autoptr (HearthValue) workflow = parse (text);
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  if (hearth_catalog_lookup (catalog, "test:Asker") == NULL)
    hearth_catalog_add_all (catalog, decls, G_N_ELEMENTS (decls));
  graph = hearth_graph_new_from_value (catalog, workflow, NULL);
  problems = hearth_workspace_check (self->workspace, graph, NULL);
  for (guint i = 0; i < problems->len; i++)
    {
      const HearthProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpint (problem->level, ==, HEARTH_PROBLEM_ERROR);
      g_assert_nonnull (strstr (problem->message, model));
      g_string_append_printf (found, "%s %s.%s\n", hearth_problem_code_to_string (problem->code), problem->node_id, problem->slot);
    }
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
assert_check (Fixture    *self,
              const char *model,
              const char *wanted)
{
  g_autofree char *found = check (self, model);

  g_assert_cmpstr (found, ==, wanted);
}

static void
load (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) loaded = NULL;

  hearth_workspace_load_channels (self->workspace, await_cb, &result);
  loaded = answer (self, &result);
}

static void
channels_changed_cb (HearthWorkspace *workspace,
                     Fixture         *self)
{
  g_string_append (self->news, "channels;");
}

static void
open_workspace (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (self->workspace, "channels-changed", G_CALLBACK (channels_changed_cb), self);
  hearth_workspace_open_async (self->workspace, FALSE, NULL, await_cb, &result);
  AWAIT (result != NULL);
  g_assert_true (hearth_workspace_open_finish (self->workspace, result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (self->news->str, ==, "channels;projects;");
  g_string_truncate (self->news, 0);
}

/* Awaits the news as well. */
static char *
add_channel (Fixture    *self,
             const char *members)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) arguments = parse (members);
  g_autoptr (HearthValue) channel = NULL;
  guint n_before = self->news->len;

  hearth_workspace_perform (self->workspace, &hearth_operation_create_channel, arguments, NULL, await_cb, &result);
  channel = answer (self, &result);
  AWAIT (self->news->len > n_before);
  return g_strdup (hearth_value_get_member_string (channel, "id", NULL));
}

/* --- before a run ------------------------------------------------------------------------------------- */

static void
test_unknown (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->base.path, "other", NULL);

  g_object_unref (self->workspace);
  self->workspace = hearth_workspace_new (folder);
  assert_check (self, "m", "");
  load (self);
  assert_check (self, "m", "no-channel a.model\n");
  assert_check (self, "core:offline", "");
  /* Looking leaves nothing behind. */
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_check (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  open_workspace (self);
  assert_check (self, "m", "no-channel a.model\n");
  first = add_channel (self, "{\"label\":\"One\",\"baseUrl\":\"https://api.openai.com/v1\",\"apiKey\":\"\",\"supportedModels\":[\"m\",\"n\"]}");
  assert_check (self, "m", "missing-key a.model\n");
  assert_check (self, "o", "no-channel a.model\n");
  /* A service of one's own may do without a key. */
  second = add_channel (self, "{\"label\":\"Two\",\"baseUrl\":\"http://box:8000/v1\",\"apiKey\":\"\",\"supportedModels\":[\"n\"]}");
  assert_check (self, "n", "");
  assert_check (self, "m", "missing-key a.model\n");
  third = add_channel (self, "{\"label\":\"Three\",\"baseUrl\":\"https://api.openai.com/v1\",\"apiKey\":\"sk-0123456789abcdef\","
                             "\"keyStore\":\"session\",\"disabled\":true}");
  assert_check (self, "m", "missing-key a.model\n");
  {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (HearthValue) arguments = hearth_value_object ("channelId", hearth_value_string (third), "disabled",
                                                             hearth_value_boolean (FALSE), NULL);
    g_autoptr (HearthValue) changed = NULL;

    hearth_workspace_perform (self->workspace, &hearth_operation_update_channel, arguments, NULL, await_cb, &result);
    changed = answer (self, &result);
    load (self);
  }
  assert_check (self, "m", "");
  g_assert_cmpstr (self->news->str, ==, "channels;channels;channels;channels;");
}

/* --- questions that wait ---------------------------------------------------------------------------------- */

/* A service that takes calls and says nothing. */
static guint16
listen_silently (GSocketListener **listener)
{
  g_autoptr (GError) error = NULL;
  guint16 port;

  *listener = g_socket_listener_new ();
  port = g_socket_listener_add_any_inet_port (*listener, NULL, &error);
  g_assert_no_error (error);
  return port;
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GSocketListener) listener = NULL;
  g_autofree char *members
    = g_strdup_printf ("{\"label\":\"Silent\",\"baseUrl\":\"http://127.0.0.1:%u/v1\",\"apiKey\":\"\"}", listen_silently (&listener));
  g_autofree char *id = NULL;
  g_autoptr (HearthValue) arguments = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  open_workspace (self);
  id = add_channel (self, members);
  arguments = hearth_value_object ("channelId", hearth_value_string (id), NULL);
  hearth_workspace_perform (self->workspace, &hearth_operation_test_channel, arguments, cancellable, await_cb, &result);
  load (self);
  await_idle ();
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  AWAIT (result != NULL);
  g_assert_null (hearth_workspace_finish (self->workspace, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
}

static void
test_offline (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (HearthValue) arguments = parse ("{\"channelId\":\"core:offline\"}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) tested = NULL;

  hearth_workspace_perform (self->workspace, &hearth_operation_test_channel, arguments, NULL, await_cb, &result);
  tested = answer (self, &result);
  g_assert_true (hearth_value_get_member_boolean (tested, "ok", FALSE));
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (tested, "models")), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_TEST(name, function) g_test_add ("/workspace-models/" name, Fixture, NULL, set_up, function, tear_down)
  ADD_TEST ("unknown", test_unknown);
  ADD_TEST ("check", test_check);
  ADD_TEST ("cancel", test_cancel);
  ADD_TEST ("offline", test_offline);
  return g_test_run ();
}
