/* hearth-door.c: takes connections in, and shows those out that only stand in the way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup waits for ever: for the rest of a head, for the next byte of a body, for the next request.
 */

#include "hearth-door.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hearth-lobby.h"
#include "hearth-turn.h"

/* While the system gives no more of them, who waits outside is looked for this often. */
#define RETRY_MS 100

/* Who asks again soon is kept; libsoup forgets the others, and they wait in the lobby. */
#define STAY_MS 500

/* Files and database need some, too. */
#define RESERVED_DESCRIPTORS 256

struct _HearthDoor
{
  SoupServer *soup; /* borrowed: goes after us */
  HearthServerLimits limits;
  GPtrArray *sockets;     /* of listening GSocket */
  GPtrArray *sources;     /* of GSource, one for each of them */
  GPtrArray *connections; /* that libsoup has: of HearthConnection, borrowed, in no order */
  HearthLobby *lobby;     /* all others */
  guint max_connections;
  guint sweep_id;
  guint retry_id;
  guint hurry_id;
};

static gboolean called_cb (GSocket      *listening,
                           GIOCondition  condition,
                           gpointer      user_data);

/* --- showing out ---------------------------------------------------------------------------------- */

static gboolean
is_idle (HearthConnection *connection)
{
  return hearth_connection_get_place (connection) == HEARTH_HEAD_IDLE && !hearth_connection_is_busy (connection)
         && !g_io_stream_is_closed (G_IO_STREAM (connection));
}

/* Who sends a head or a body has to get on with it. */
static gboolean
is_too_slow (HearthDoor       *self,
             HearthConnection *connection,
             gint64            now)
{
  gint64 passed_ms = (now - hearth_connection_get_since (connection)) / 1000;

  switch (hearth_connection_get_place (connection))
    {
    case HEARTH_HEAD_HEAD:
      return passed_ms > self->limits.head_ms;
    case HEARTH_HEAD_BODY:
      return passed_ms > self->limits.body_ms
             && hearth_connection_get_received (connection)
                    < self->limits.body_rate * (guint64) (passed_ms - self->limits.body_ms) / 1000;
    case HEARTH_HEAD_IDLE:
      return passed_ms > self->limits.idle_ms && !hearth_connection_is_busy (connection);
    case HEARTH_HEAD_RAW:
    default:
      return FALSE;
    }
}

static void
gone_cb (gpointer user_data,
         GObject *connection)
{
  g_ptr_array_remove_fast (((HearthDoor *) user_data)->connections, connection);
}

static void
let_go (HearthDoor       *self,
        HearthConnection *connection)
{
  hearth_connection_leave (connection, NULL, NULL);
  g_object_weak_unref (G_OBJECT (connection), gone_cb, self);
}

static void
forget (HearthDoor       *self,
        HearthConnection *connection)
{
  let_go (self, connection);
  g_ptr_array_remove_fast (self->connections, connection);
}

static void
left_cb (HearthConnection  *connection,
         GSocketConnection *base,
         gpointer           user_data)
{
  HearthDoor *self = user_data;

  hearth_lobby_add (self->lobby, base, hearth_connection_get_since (connection));
  forget (self, connection);
  if (hearth_lobby_get_length (self->lobby) > self->limits.max_idle)
    hearth_lobby_drop_oldest (self->lobby);
}

/* The rest of those who have waited too long. */
static gboolean
hurry_cb (gpointer user_data)
{
  HearthDoor *self = user_data;

  if (!hearth_lobby_drop_before (self->lobby, g_get_monotonic_time () - self->limits.idle_ms * (gint64) 1000))
    return G_SOURCE_CONTINUE;
  self->hurry_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
sweep_cb (gpointer user_data)
{
  HearthDoor *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->connections->len; i++)
    {
      HearthConnection *connection = g_ptr_array_index (self->connections, i);

      if (is_too_slow (self, connection, now))
        hearth_connection_cut (connection);
      else if (now - hearth_connection_get_since (connection) > STAY_MS * 1000)
        hearth_connection_leave (connection, left_cb, self);
    }
  if (self->hurry_id == 0)
    self->hurry_id = g_idle_add_full (G_PRIORITY_DEFAULT, hurry_cb, self, NULL);
  return G_SOURCE_CONTINUE;
}

/* Of those that libsoup has. */
static HearthConnection *
find_oldest_idle (HearthDoor *self)
{
  HearthConnection *oldest = NULL;

  for (guint i = 0; i < self->connections->len; i++)
    {
      HearthConnection *connection = g_ptr_array_index (self->connections, i);

      if (!is_idle (connection))
        continue;
      if (oldest == NULL || hearth_connection_get_since (connection) < hearth_connection_get_since (oldest))
        oldest = connection;
    }
  return oldest;
}

/* FALSE: the house is full of guests who are busy. */
static gboolean
make_room (HearthDoor *self)
{
  HearthConnection *oldest;

  if (hearth_lobby_get_length (self->lobby) < self->limits.max_idle
      && hearth_door_get_n_connections (self) < self->max_connections)
    return TRUE;
  if (hearth_lobby_drop_oldest (self->lobby))
    return TRUE;
  oldest = find_oldest_idle (self);
  if (oldest == NULL)
    return FALSE;
  hearth_connection_cut (oldest);
  forget (self, oldest);
  return TRUE;
}

/* --- letting in -------------------------------------------------------------------------------------- */

static void
receive (HearthDoor *self,
         GSocket    *socket)
{
  g_autoptr (GSocketConnection) connection = NULL;

  if (!make_room (self))
    return;
  connection = g_socket_connection_factory_create_connection (socket);
  hearth_lobby_add (self->lobby, connection, g_get_monotonic_time ());
}

/* To libsoup, which reads and answers at once. */
static void
admit_cb (GSocketConnection *base,
          gpointer           user_data)
{
  HearthDoor *self = user_data;
  g_autoptr (HearthConnection) connection = hearth_connection_new (base);

  if (hearth_connection_get_remote_address (connection) == NULL)
    return; /* gone already */
  g_ptr_array_add (self->connections, connection);
  g_object_weak_ref (G_OBJECT (connection), gone_cb, self);
  soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), hearth_connection_get_local_address (connection),
                               hearth_connection_get_remote_address (connection), NULL);
}

static void
watch (HearthDoor *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    {
      GSource *source = g_socket_create_source (g_ptr_array_index (self->sockets, i), G_IO_IN, NULL);

      g_source_set_name (source, "hearth-door");
      g_source_set_callback (source, G_SOURCE_FUNC (called_cb), self, NULL);
      g_source_attach (source, NULL);
      g_ptr_array_add (self->sources, source);
    }
}

static void
stop_watching (HearthDoor *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    g_source_destroy (g_ptr_array_index (self->sources, i));
  g_ptr_array_set_size (self->sources, 0);
}

static gboolean
retry_cb (gpointer user_data)
{
  HearthDoor *self = user_data;

  self->retry_id = 0;
  watch (self);
  return G_SOURCE_REMOVE;
}

static gboolean
called_cb (GSocket     *listening,
           GIOCondition condition,
           gpointer     user_data)
{
  HearthDoor *self = user_data;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, &error);

      if (socket != NULL)
        receive (self, socket);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      /* No more descriptors: who calls stays in the line of the kernel. */
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES))
        {
          stop_watching (self);
          self->retry_id = g_timeout_add (RETRY_MS, retry_cb, self);
          return G_SOURCE_REMOVE;
        }
    }
  while (!hearth_turn_is_over ());
  return G_SOURCE_CONTINUE;
}

/* --- the object ---------------------------------------------------------------------------------------- */

/* As many connections as the system lets us have. */
static guint
raise_limit (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return wanted;
  if (limit.rlim_cur < wanted + RESERVED_DESCRIPTORS)
    {
      limit.rlim_cur = MIN (limit.rlim_max, wanted + RESERVED_DESCRIPTORS);
      setrlimit (RLIMIT_NOFILE, &limit);
      getrlimit (RLIMIT_NOFILE, &limit);
    }
  return limit.rlim_cur > 2 * RESERVED_DESCRIPTORS ? (guint) MIN (wanted, limit.rlim_cur - RESERVED_DESCRIPTORS)
                                                   : (guint) limit.rlim_cur / 2;
}

/* The kernel's table of open files grows by doubling, and with threads about each time takes some milliseconds, for which
 * an accept would wait. So it is made large enough beforehand. */
static void
grow_table_thread (GTask        *task,
                   gpointer      source,
                   gpointer      n_files,
                   GCancellable *cancellable)
{
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  int last = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, GPOINTER_TO_INT (n_files) - 1) : -1;

  if (last >= 0)
    close (last);
  if (fd >= 0)
    close (fd);
}

static void
grow_table (guint n_files)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, GUINT_TO_POINTER (n_files), NULL);
  g_task_run_in_thread (task, grow_table_thread);
}

HearthDoor *
hearth_door_new (SoupServer               *soup,
                 GPtrArray                *sockets,
                 const HearthServerLimits *limits)
{
  HearthDoor *self;

  g_return_val_if_fail (SOUP_IS_SERVER (soup) && sockets != NULL && limits != NULL, NULL);

  self = g_new0 (HearthDoor, 1);
  self->soup = soup;
  self->limits = *limits;
  self->sockets = g_ptr_array_ref (sockets);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
  self->connections = g_ptr_array_new ();
  self->lobby = hearth_lobby_new (admit_cb, self);
  self->max_connections = raise_limit (limits->max_connections);
  grow_table (self->max_connections + RESERVED_DESCRIPTORS);
  for (guint i = 0; i < sockets->len; i++)
    g_socket_set_blocking (g_ptr_array_index (sockets, i), FALSE);
  watch (self);
  self->sweep_id = g_timeout_add (CLAMP (limits->head_ms / 4, 50, 1000), sweep_cb, self);
  return self;
}

void
hearth_door_free (HearthDoor *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->connections->len; i++)
    let_go (self, g_ptr_array_index (self->connections, i));
  stop_watching (self);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->hurry_id, g_source_remove);
  hearth_lobby_free (self->lobby);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->sockets);
  g_free (self);
}

void
hearth_door_review (HearthDoor *self,
                    gboolean  (*is_welcome) (HearthConnection *connection,
                                            gpointer          user_data),
                    gpointer    user_data)
{
  g_return_if_fail (self != NULL && is_welcome != NULL);

  for (guint i = 0; i < self->connections->len; i++)
    {
      HearthConnection *connection = g_ptr_array_index (self->connections, i);

      /* Who is in the lobby has shown no token: that comes with each request. */
      if (!is_welcome (connection, user_data))
        hearth_connection_cut (connection);
    }
}

guint
hearth_door_get_n_connections (HearthDoor *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->connections->len + hearth_lobby_get_length (self->lobby);
}
