/* await.h: turns a finished-later call into a plain one, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/* A callback whose user data is a GAsyncResult *: it keeps the result there. */
static inline void
await_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

#define AWAIT(condition) \
  G_STMT_START \
  { \
    gint64 await_deadline_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC; \
    guint await_tick_ = g_timeout_add (50, await_tick_cb, NULL); \
\
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > await_deadline_) \
          g_error ("Waited too long for: " #condition); \
        g_main_context_iteration (NULL, TRUE); \
      } \
    g_source_remove (await_tick_); \
  } \
  G_STMT_END

static inline gboolean
await_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Everything that is due now. */
static inline void
await_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
