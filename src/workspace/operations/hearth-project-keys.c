/* hearth-project-keys.c: keys that are written into the workflows of a project move to the keyring
 *
 * The older model nodes get address and key from a node of their own (nodes.md 5.4), so workflows that come from elsewhere
 * may hold keys. A channel with the same address takes the key, and the node, left without one, finds that channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channel.h"
#include "hearth-key-place-private.h"
#include "hearth-llm-operations.h"
#include "hearth-models-private.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

#define NODE_TYPE "core:APISettings"
#define DEFAULT_ADDRESS "https://api.openai.com/v1"

typedef struct
{
  HearthStorage *storage;
  HearthValue   *arguments;
  const char    *project_id;
  HearthBuilder  moved;
  HearthBuilder  left;
  HearthBuilder  saved; /* workflows as they are stored now */
  GPtrArray     *given; /* of {"address", "key", "channel"}: several nodes may have one key */
} Move;

/* --- one key --------------------------------------------------------------------------------------- */

static char *
dup_address (HearthValue *values)
{
  const char *typed = hearth_value_get_member_string (values, "base_url", DEFAULT_ADDRESS);
  char *complete = hearth_channel_complete_address (typed);

  return complete != NULL ? complete : g_strdup (typed);
}

/* A channel with that address which has no key yet; borrowed from @channels. */
static HearthValue *
find_keyless (HearthValue *channels,
              const char  *address)
{
  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    {
      HearthValue *channel = hearth_value_at (channels, i);

      if (g_str_equal (hearth_value_get_member_string (channel, "baseUrl", ""), address)
          && !hearth_value_get_member_boolean (channel, "hasKey", FALSE))
        return channel;
    }
  return NULL;
}

/* Borrowed. */
static HearthValue *
find_given (Move        *self,
            const char  *address,
            HearthValue *key)
{
  for (guint i = 0; i < self->given->len; i++)
    {
      HearthValue *given = g_ptr_array_index (self->given, i);

      if (g_str_equal (hearth_value_get_member_string (given, "address", ""), address)
          && hearth_value_equal (hearth_value_get (given, "key"), key))
        return hearth_value_get (given, "channel");
    }
  return NULL;
}

static HearthValue *
store_key (Move        *self,
           const char  *address,
           HearthValue *key,
           const char  *workflow_name,
           GError     **error)
{
  g_autoptr (HearthValue) nothing = hearth_value_empty_object ();
  g_autoptr (HearthValue) channels = hearth_operation_list_channels.work (self->storage, nothing, error);
  HearthValue *channel = channels != NULL ? find_keyless (channels, address) : NULL;
  g_autoptr (HearthValue) arguments = NULL;

  if (channels == NULL)
    return NULL;
  hearth_value_mark_secret (key);
  arguments = hearth_value_object ("channelId", channel != NULL ? hearth_value_ref (hearth_value_get (channel, "id")) : NULL,
                                   "label", channel == NULL ? hearth_value_string (workflow_name) : NULL,
                                   "baseUrl", channel == NULL ? hearth_value_string (address) : NULL,
                                   "apiKey", hearth_value_ref (key),
                                   "keyStore", hearth_value_ref_or_null (hearth_value_get (self->arguments, "keyStore")), NULL);
  return channel != NULL ? hearth_operation_update_channel.work (self->storage, arguments, error)
                         : hearth_operation_create_channel.work (self->storage, arguments, error);
}

/* The channel that has the key afterwards; borrowed. */
static HearthValue *
give_key (Move        *self,
          const char  *address,
          HearthValue *key,
          const char  *workflow_name,
          GError     **error)
{
  HearthValue *channel = find_given (self, address, key);

  if (channel != NULL)
    return channel;
  channel = store_key (self, address, key, workflow_name, error);
  if (channel != NULL)
    g_ptr_array_add (self->given, hearth_value_object ("address", hearth_value_string (address), "key", hearth_value_ref (key),
                                                       "channel", channel, NULL));
  return channel;
}

/* --- one node ---------------------------------------------------------------------------------------- */

/* The key that is written into it, or NULL. */
static HearthValue *
find_key (HearthValue *node)
{
  HearthValue *values = hearth_value_get (node, "inputValues");
  HearthValue *key = hearth_value_get_member_kind (values, "api_key", HEARTH_VALUE_STRING);

  if (g_strcmp0 (hearth_value_get_member_string (node, "type", NULL), NODE_TYPE) != 0 || key == NULL
      || *hearth_value_get_string (key, NULL) == '\0' || hearth_secret_is_hidden (key))
    return NULL;
  return key;
}

static HearthValue *
empty_key (HearthValue *node)
{
  g_autoptr (HearthValue) nothing = hearth_value_string ("");
  g_autoptr (HearthValue) values = hearth_value_with (hearth_value_get (node, "inputValues"), "api_key", nothing);

  return hearth_value_with (node, "inputValues", values);
}

/* New reference to what stands in its place. */
static HearthValue *
move_node (Move        *self,
           HearthValue *workflow,
           HearthValue *node,
           gboolean    *changed)
{
  HearthValue *key = find_key (node);
  HearthValue *names[] = { hearth_value_get (workflow, "id"), hearth_value_get (node, "id") };
  g_autofree char *address = key != NULL ? dup_address (hearth_value_get (node, "inputValues")) : NULL;
  g_autoptr (GError) error = NULL;
  HearthValue *channel;

  if (key == NULL)
    return hearth_value_ref (node);
  channel = give_key (self, address, key, hearth_value_get_member_string (workflow, "name", NODE_TYPE), &error);
  if (channel == NULL)
    {
      hearth_builder_add (&self->left, NULL,
                          hearth_value_object ("workflowId", hearth_value_ref_or_null (names[0]), "nodeId",
                                               hearth_value_ref_or_null (names[1]), "message",
                                               hearth_value_string (error->message), NULL));
      return hearth_value_ref (node);
    }
  *changed = TRUE;
  hearth_builder_add (&self->moved, NULL,
                      hearth_value_object ("workflowId", hearth_value_ref_or_null (names[0]), "nodeId",
                                           hearth_value_ref_or_null (names[1]), "channelId",
                                           hearth_value_ref (hearth_value_get (channel, "id")), "label",
                                           hearth_value_ref (hearth_value_get (channel, "label")), NULL));
  return empty_key (node);
}

/* --- one workflow --------------------------------------------------------------------------------------- */

/* Twice, because the generation before is kept, and it is to hold no key either. */
static gboolean
save (Move        *self,
      HearthValue *workflow,
      GError     **error)
{
  const char *id = hearth_value_get_member_string (workflow, "id", "");
  HearthDataDir *dir = self->storage->dir;
  g_autoptr (HearthValue) once = hearth_workflow_store_replace (dir, self->project_id, id, workflow, error);
  HearthValue *stored = once != NULL ? hearth_workflow_store_replace (dir, self->project_id, id, once, error) : NULL;

  hearth_builder_add (&self->saved, NULL, stored);
  return stored != NULL;
}

static gboolean
move_workflow (Move       *self,
               const char *workflow_id,
               GError    **error)
{
  g_autoptr (HearthValue) workflow = hearth_workflow_store_read (self->storage->dir, self->project_id, workflow_id, NULL);
  HearthValue *nodes = hearth_value_get_member_kind (workflow, "nodes", HEARTH_VALUE_ARRAY);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (HearthValue) emptied = NULL;
  gboolean changed = FALSE;

  for (gsize i = 0; nodes != NULL && i < hearth_value_get_length (nodes); i++)
    hearth_builder_add (&out, NULL, move_node (self, workflow, hearth_value_at (nodes, i), &changed));
  list = hearth_builder_end_array (&out);
  if (!changed)
    return TRUE; /* one that cannot be read included */
  emptied = hearth_value_with (workflow, "nodes", list);
  return save (self, emptied, error);
}

static HearthValue *
move_keys (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  Move self = { .storage = storage, .arguments = arguments, .project_id = _hearth_text (arguments, "projectId") };
  g_autoptr (HearthValue) workflows = hearth_workflow_store_list (storage->dir, self.project_id, error);
  gboolean well = workflows != NULL;
  HearthValue *answer = NULL;

  self.given = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  for (gsize i = 0; well && i < hearth_value_get_length (workflows); i++)
    well = move_workflow (&self, hearth_value_get_member_string (hearth_value_at (workflows, i), "id", ""), error);
  if (well)
    answer = hearth_value_object ("moved", hearth_builder_end_array (&self.moved), "left", hearth_builder_end_array (&self.left),
                                  "saved", hearth_builder_end_array (&self.saved), NULL);
  g_ptr_array_unref (self.given);
  hearth_builder_clear (&self.moved);
  hearth_builder_clear (&self.left);
  hearth_builder_clear (&self.saved);
  return answer;
}

/* --- all of them ------------------------------------------------------------------------------------------ */

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  HearthWorkspace *workspace = HEARTH_WORKSPACE (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (workspace, result, &error);
  HearthValue *saved = answer != NULL ? hearth_value_get (answer, "saved") : NULL;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (gsize i = 0; i < hearth_value_get_length (saved); i++)
    _hearth_workspace_emit_workflow_saved (workspace, _hearth_text (g_task_get_task_data (task), "projectId"),
                                           hearth_value_at (saved, i), NULL);
  if (hearth_value_get_length (saved) > 0)
    _hearth_models_channel_changed (workspace, NULL);
  g_task_return_pointer (task, hearth_value_with (answer, "saved", NULL), (GDestroyNotify) hearth_value_unref);
}

/* The workflows that open documents are to see are no business of who asked. */
static void
start (HearthWorkspace *workspace,
       HearthValue     *arguments,
       GTask           *task)
{
  static const HearthOperation work = { .work = move_keys };

  g_task_set_task_data (task, hearth_value_ref (arguments), (GDestroyNotify) hearth_value_unref);
  hearth_workspace_perform (workspace, &work, arguments, NULL, moved_cb, task);
}

const HearthOperation hearth_operation_move_project_keys = { .start = start };
