/* hearth-access.c: whether a request from another device brings a token that is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-access.h"

#include <string.h>

#include "hearth-access-operations.h"
#include "hearth-guard.h"
#include "hearth-tries.h"
#include "hearth-i18n.h"

#define COOKIE "hearth-access"
#define COOKIE_AGE_S (365 * 24 * 60 * 60)
#define TOO_MANY_REQUESTS 429
#define TOKEN_ID_KEY "hearth-token-id"
#define NOTE_EVERY_US (5 * 60 * G_USEC_PER_SEC)

struct _HearthAccess
{
  HearthWorkspace *workspace;
  HearthValue *hashes; /* hash -> id; NULL until they were read */
  GFileMonitor *monitor;
  GCancellable *cancellable;
  HearthTries *tries;
  GHashTable *noted; /* id -> gint64, monotonic: when its use was written down */
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

/* --- the tokens ------------------------------------------------------------------------------------ */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  HearthAccess *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) hashes = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (hashes == NULL)
    g_warning ("The access tokens cannot be read, no other device is let in: %s", error->message);
  g_clear_pointer (&self->hashes, hearth_value_unref);
  self->hashes = g_steal_pointer (&hashes);
  self->changed (self->user_data);
}

static void
reload (HearthAccess *self)
{
  g_autoptr (HearthValue) nothing = hearth_value_empty_object ();

  hearth_workspace_perform (self->workspace, &hearth_operation_read_access_hashes, nothing, self->cancellable, read_cb,
                            self);
}

/* They also change from outside: `hearthctl tokens`. */
static void
file_changed_cb (GFileMonitor     *monitor,
                 GFile            *file,
                 GFile            *other,
                 GFileMonitorEvent event,
                 HearthAccess     *self)
{
  reload (self);
}

HearthAccess *
hearth_access_new (HearthWorkspace *workspace,
                   void           (*changed) (gpointer user_data),
                   gpointer         user_data)
{
  HearthAccess *self;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (workspace) && changed != NULL, NULL);

  self = g_new0 (HearthAccess, 1);
  self->workspace = g_object_ref (workspace);
  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->tries = hearth_tries_new ();
  self->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  path = hearth_workspace_dup_access_file (workspace);
  file = g_file_new_for_path (path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (file_changed_cb), self);
  reload (self);
  return self;
}

void
hearth_access_free (HearthAccess *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->hashes, hearth_value_unref);
  hearth_tries_free (self->tries);
  g_hash_table_unref (self->noted);
  g_object_unref (self->workspace);
  g_free (self);
}

/* Takes as long wherever two of one length differ. */
static gboolean
is_equal (const char *a,
          const char *b)
{
  gsize length = strlen (a);
  guint difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint) (a[i] ^ b[i]);
  return difference == 0;
}

/* All are looked at, whichever it is. */
static const char *
find_id (HearthAccess *self,
         const char   *token)
{
  g_autofree char *hash = hearth_access_hash (token);
  const char *found = NULL;

  for (gsize i = 0; self->hashes != NULL && i < hearth_value_get_length (self->hashes); i++)
    if (is_equal (hearth_value_key_at (self->hashes, i), hash))
      found = hearth_value_get_string (hearth_value_member_at (self->hashes, i), NULL);
  return found;
}

gboolean
hearth_access_knows_id (HearthAccess *self,
                        const char   *token_id)
{
  g_return_val_if_fail (self != NULL && token_id != NULL, FALSE);

  for (gsize i = 0; self->hashes != NULL && i < hearth_value_get_length (self->hashes); i++)
    if (g_str_equal (hearth_value_get_string (hearth_value_member_at (self->hashes, i), NULL), token_id))
      return TRUE;
  return FALSE;
}

const char *
hearth_access_get_token_id (HearthConnection *connection)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (connection), NULL);

  return g_object_get_data (G_OBJECT (connection), TOKEN_ID_KEY);
}

/* --- where a request has its token ------------------------------------------------------------------ */

static char *
get_bearer (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  return value != NULL && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 ? g_strstrip (g_strdup (value + 7)) : NULL;
}

static char *
get_cookie (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_list (headers, "Cookie");
  g_auto (GStrv) pairs = g_strsplit (value != NULL ? value : "", ";", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (pairs[i]), COOKIE "="))
      return g_strdup (pairs[i] + strlen (COOKIE "="));
  return NULL;
}

/* On the way to the first page alone: an address is kept by too many. */
static char *
get_from_address (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GHashTable) query = NULL;

  if (soup_server_message_get_method (message) != SOUP_METHOD_GET || !g_str_equal (g_uri_get_path (uri), "/")
      || g_uri_get_query (uri) == NULL)
    return NULL;
  query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  return query != NULL ? g_strdup (g_hash_table_lookup (query, "token")) : NULL;
}

/* --- answering ------------------------------------------------------------------------------------------ */

static gboolean
refuse (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate", "Bearer");
  hearth_guard_refuse (message, SOUP_STATUS_UNAUTHORIZED,
                       _("This device is not known here. Open the address that Hearth shows for other devices."));
  return FALSE;
}

static gboolean
refuse_for_now (SoupServerMessage *message,
                guint              seconds)
{
  g_autofree char *text = g_strdup_printf ("%u", seconds);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", text);
  hearth_guard_refuse (message, TOO_MANY_REQUESTS, _("Too many wrong tokens came from this device. Wait a little."));
  soup_server_message_set_status (message, TOO_MANY_REQUESTS, "Too Many Requests");
  return FALSE;
}

static gboolean
redirect (SoupServerMessage *message,
          const char        *token)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *cookie = g_strdup_printf (COOKIE "=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict", token,
                                             COOKIE_AGE_S);

  soup_message_headers_replace (headers, "Set-Cookie", cookie);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Location", "/");
  soup_server_message_set_status (message, SOUP_STATUS_SEE_OTHER, NULL);
  return FALSE;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) nothing = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (nothing == NULL)
    g_warning ("That an access token was used cannot be noted: %s", error->message);
}

/* For people, who want to know which token is still in use; not each request. */
static void
note_use (HearthAccess *self,
          const char   *id,
          gint64        now)
{
  const gint64 *before = g_hash_table_lookup (self->noted, id);
  g_autoptr (HearthValue) arguments = NULL;

  if (before != NULL && now - *before < NOTE_EVERY_US)
    return;
  g_hash_table_insert (self->noted, g_strdup (id), g_memdup2 (&now, sizeof now));
  arguments = hearth_value_object ("id", hearth_value_string (id), NULL);
  hearth_workspace_perform (self->workspace, &hearth_operation_note_access_use, arguments, NULL, noted_cb, NULL);
}

gboolean
hearth_access_check (HearthAccess      *self,
                     HearthConnection  *connection,
                     SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GInetAddress *address;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *in_address = NULL;
  g_autofree char *token = NULL;
  const char *id;
  guint wait;

  g_return_val_if_fail (self != NULL && HEARTH_IS_CONNECTION (connection), FALSE);

  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (hearth_connection_get_remote_address (connection)));
  g_object_set_data (G_OBJECT (connection), TOKEN_ID_KEY, NULL);
  in_address = get_from_address (message);
  token = in_address != NULL ? g_strdup (in_address) : get_bearer (headers);
  if (token == NULL)
    token = get_cookie (headers);
  if (token == NULL)
    return refuse (message);
  wait = hearth_tries_get_wait (self->tries, address, now);
  if (wait > 0)
    return refuse_for_now (message, wait);
  id = find_id (self, token);
  if (id == NULL)
    {
      hearth_tries_add_wrong (self->tries, address, now);
      return refuse (message);
    }
  hearth_tries_forget (self->tries, address);
  note_use (self, id, now);
  g_object_set_data_full (G_OBJECT (connection), TOKEN_ID_KEY, g_strdup (id), g_free);
  return in_address == NULL || redirect (message, token);
}
