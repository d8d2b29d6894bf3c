/* hearth-goodbye.c: the last word to who sends no request that can be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-goodbye.h"

#include <libsoup/soup.h>
#include <string.h>

static const char *
get_phrase (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
      return "Bad Request";
    case SOUP_STATUS_REQUEST_URI_TOO_LONG:
      return "URI Too Long";
    default:
      return "Request Header Fields Too Large";
    }
}

void
_hearth_goodbye_say (GSocket *socket,
                     guint    status)
{
  const char *phrase = get_phrase (status);
  g_autofree char *answer = NULL;

  answer = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                            "X-Content-Type-Options: nosniff\r\nX-Frame-Options: SAMEORIGIN\r\n"
                            "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n%s",
                            status, phrase, strlen (phrase), phrase);
  g_socket_send_with_blocking (socket, answer, strlen (answer), FALSE, NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
}
