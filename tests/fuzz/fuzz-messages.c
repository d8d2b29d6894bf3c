/* fuzz-messages.c: whatever comes over a WebSocket, every answer is a message that a page can read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input that begins with a brace is messages, one a line; any other the bytes of the connection
 * themselves. A workspace and a hub are made for each; of the runs only previews begin.
 */

#include "config.h"

#include <errno.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-hub.h"
#include "hearth-json.h"

#include "fuzz.h"
#include "temporary.h"

#define MAX_MESSAGE 65535

typedef struct
{
  char *folder;
  HearthWorkspace *workspace;
  HearthHub *hub;
  int page; /* the other end of the connection */
  GByteArray *heard;
  guint n_refs; /* to the workspace, while nothing is asked of it */
} Talk;

/* --- what a page hears ------------------------------------------------------------------------------- */

static void
check_message (const char *text,
               gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) message = hearth_json_parse (text, (gssize) length, &error);

  g_assert_no_error (error);
  g_assert_nonnull (hearth_value_get_member_string (message, "type", NULL));
  g_assert_nonnull (hearth_value_get (message, "payload"));
}

/* Of a frame (RFC 6455 5.2): where its payload begins, and how long that is. */
static gsize
read_length (const guint8 *frame,
             gsize        *length)
{
  gsize n_bytes = frame[1] == 126 ? 2 : frame[1] == 127 ? 8 : 0;

  *length = n_bytes == 0 ? frame[1] : 0;
  for (gsize i = 0; i < n_bytes; i++)
    *length = *length << 8 | frame[2 + i];
  return 2 + n_bytes;
}

/* No frame is masked or cut, and a text is whole unless the line was cut within it. */
static void
check_heard (GByteArray *heard)
{
  for (gsize at = 0; at + 10 <= heard->len;)
    {
      const guint8 *frame = heard->data + at;
      gsize length;
      gsize head = read_length (frame, &length);

      g_assert_true ((frame[0] & 0xf0) == 0x80 && (frame[1] & 0x80) == 0);
      if (length > heard->len - at - head)
        return;
      if (frame[0] == 0x81)
        check_message ((const char *) frame + head, length);
      at += head + length;
    }
}

static gboolean
hear (Talk *talk)
{
  guint8 bytes[16384];
  gssize length = recv (talk->page, bytes, sizeof bytes, MSG_DONTWAIT);

  if (length > 0)
    g_byte_array_append (talk->heard, bytes, (guint) length);
  return length > 0;
}

/* --- what it says -------------------------------------------------------------------------------------- */

/* One frame, masked with zeros, as clients have to. */
static void
add_message (GByteArray *out,
             const char *text,
             gsize       length)
{
  guint8 head[] = { 0x81, 0x80 | 126, (guint8) (length >> 8), (guint8) length, 0, 0, 0, 0 };

  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

static GByteArray *
make_frames (const char *text,
             gsize       size)
{
  GByteArray *out = g_byte_array_new ();

  if (size == 0 || *text != '{')
    return g_byte_array_append (out, (const guint8 *) text, (guint) size);
  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (text + at, '\n', size - at);
      gsize length = end != NULL ? (gsize) (end - text) - at : size - at;

      add_message (out, text + at, MIN (length, MAX_MESSAGE));
      at += length + 1;
    }
  return out;
}

/* --- a talk ---------------------------------------------------------------------------------------------- */

static void
connect_page (Talk *talk)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketConnection) base = NULL;
  g_autoptr (HearthConnection) below = NULL;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (GUri) uri = g_uri_parse ("ws://localhost/ws", SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  socket = g_socket_new_from_fd (ends[0], &error);
  g_assert_no_error (error);
  talk->page = ends[1];
  base = g_socket_connection_factory_create_connection (socket);
  below = hearth_connection_new (base);
  hearth_connection_end_http (below, 1 << 20);
  connection = soup_websocket_connection_new (G_IO_STREAM (below), uri, SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  hearth_hub_add (talk->hub, connection, below, "w");
}

static void
begin (Talk *talk)
{
  g_autoptr (GError) error = NULL;

  talk->folder = g_dir_make_tmp ("hearth-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  temporary_put (talk->folder, "projects/p/project.json", "{\"id\": \"p\", \"name\": \"p\"}");
  talk->workspace = hearth_workspace_new (talk->folder);
  hearth_queue_set_paused (hearth_workspace_get_queue (talk->workspace), TRUE);
  talk->hub = hearth_hub_new (talk->workspace);
  talk->heard = g_byte_array_new ();
  connect_page (talk);
  talk->n_refs = G_OBJECT (talk->workspace)->ref_count;
}

/* FALSE: nothing is under way any more. Each question to the workspace holds a reference to it. */
static gboolean
turn (Talk *talk)
{
  if (hear (talk) || g_main_context_iteration (NULL, FALSE))
    return TRUE;
  return G_OBJECT (talk->workspace)->ref_count > talk->n_refs && g_main_context_iteration (NULL, TRUE);
}

static void
end (Talk *talk)
{
  HearthQueue *queue = hearth_workspace_get_queue (talk->workspace);

  hearth_queue_cancel_all (queue);
  while (turn (talk) || (hearth_queue_get_n_running (queue) > 0 && g_main_context_iteration (NULL, TRUE)))
    ;
  check_heard (talk->heard);
  g_object_unref (talk->hub);
  g_object_unref (talk->workspace);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  close (talk->page);
  temporary_remove (talk->folder);
  g_byte_array_unref (talk->heard);
  g_free (talk->folder);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GByteArray) frames = make_frames ((const char *) data, size);
  Talk talk = { 0 };

  begin (&talk);
  for (gsize at = 0; at < frames->len;)
    {
      gssize sent = send (talk.page, frames->data + at, frames->len - at, MSG_DONTWAIT | MSG_NOSIGNAL);

      if (sent <= 0 && errno != EAGAIN)
        break;
      at += (gsize) MAX (sent, 0);
      turn (&talk);
    }
  while (turn (&talk))
    ;
  end (&talk);
  return 0;
}
