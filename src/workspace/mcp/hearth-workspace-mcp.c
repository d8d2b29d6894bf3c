/* hearth-workspace-mcp.c: the servers of the Model Context Protocol that runs of this workspace can ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-private.h"

#include "hearth-mcp-store.h"

#define SECRET_KIND "mcp"

HearthMcpSecretName
_hearth_mcp_secret_name (const char *server_id,
                         const char *variable)
{
  HearthMcpSecretName self = { .item = g_strdup_printf ("%s/%s", server_id, variable) };

  self.id = (HearthSecretId) { SECRET_KIND, self.item, HEARTH_DEFAULT_USER, NULL, self.item };
  return self;
}

void
_hearth_mcp_secret_name_clear (HearthMcpSecretName *self)
{
  g_clear_pointer (&self->item, g_free);
}

/* --- secrets ------------------------------------------------------------------------------------- */

typedef struct
{
  HearthMcpSecretsFunc done;
  gpointer             user_data;
} Wish;

static gpointer
load_secrets_work (HearthJob *job,
                   GError   **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_secret_unref);
  HearthValue *names = hearth_value_get (job->value, "secrets");

  for (gsize i = 0; i < hearth_value_get_length (names); i++)
    {
      const char *variable = hearth_value_get_string (hearth_value_at (names, i), NULL);
      g_auto (HearthMcpSecretName) name = HEARTH_MCP_SECRET_NAME (job->text, variable);
      HearthSecret *secret = hearth_secrets_lookup (job->storage->secrets, &name.id, NULL, error);

      if (secret == NULL)
        return NULL;
      g_hash_table_insert (found, g_strdup (variable), secret);
    }
  return g_steal_pointer (&found);
}

static void
loaded_secrets_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autofree Wish *wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = g_task_propagate_pointer (G_TASK (result), &error);

  wish->done (secrets, error, wish->user_data);
}

static void
load_secrets (gpointer             owner,
              HearthValue         *server,
              HearthMcpSecretsFunc done,
              gpointer             user_data)
{
  HearthWorkspace *self = ((HearthSurroundings *) owner)->workspace;
  Wish *wish = g_new0 (Wish, 1);
  HearthJob *job = _hearth_job_new (self, load_secrets_work, load_secrets, NULL, loaded_secrets_cb, wish);

  wish->done = done;
  wish->user_data = user_data;
  job->value = hearth_value_ref (server);
  job->text = g_strdup (hearth_value_get_member_string (server, "id", ""));
  job->free_answer = (GDestroyNotify) g_hash_table_unref;
  _hearth_job_push (job, self->helper_pool);
}

/* --- servers --------------------------------------------------------------------------------------- */

/* Without servers, and with a word of why, when the disk does not have them. */
static gpointer
load_servers_work (HearthJob *job,
                   GError   **error)
{
  g_autoptr (GError) reason = NULL;
  HearthValue *servers = hearth_mcp_store_list (job->storage->dir, &reason);

  if (servers != NULL)
    return servers;
  g_warning ("No MCP servers are used: %s", reason->message);
  return hearth_value_empty_array ();
}

static void
loaded_servers_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  HearthWorkspace *self = HEARTH_WORKSPACE (source);
  g_autoptr (HearthValue) servers = hearth_workspace_finish (self, result, NULL);

  for (guint i = 0; servers != NULL && i < self->surroundings->len; i++)
    hearth_mcp_hub_set_servers (((HearthSurroundings *) self->surroundings->pdata[i])->mcp, servers);
}

static HearthJob *
make_load_job (HearthWorkspace *self)
{
  return _hearth_job_new (self, load_servers_work, make_load_job, NULL, loaded_servers_cb, NULL);
}

void
_hearth_workspace_load_mcp_servers (HearthWorkspace *self)
{
  _hearth_job_push (make_load_job (self), self->storage_pool);
}

static void
load_servers (gpointer owner)
{
  HearthSurroundings *surroundings = owner;
  HearthJob *job = make_load_job (surroundings->workspace);

  _hearth_surroundings_hold (surroundings, job);
  _hearth_job_push (job, surroundings->workspace->storage_pool);
}

HearthMcpHub *
_hearth_mcp_make_hub (HearthSurroundings *surroundings)
{
  static const HearthMcpSource source = { load_servers, load_secrets };

  return hearth_mcp_hub_new (surroundings->outside, &source, surroundings);
}
