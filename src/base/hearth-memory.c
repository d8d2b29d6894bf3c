/* hearth-memory.c: how memory is given back, so that nobody waits for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-memory.h"

#include <gio/gio.h>
#include <malloc.h>

#define MIN_OWN_PIECE (1 << 20)
#define MAX_SPARE (4 << 20)

/* A value of this weight is given back in a millisecond. */
#define MAX_INLINE_WEIGHT ((gsize) 256 << 10)

void
hearth_memory_init (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, MIN_OWN_PIECE);
  mallopt (M_TRIM_THRESHOLD, MAX_SPARE);
#endif
}

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Release;

static void
release_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Release *self = data;

  self->destroy (self->data);
}

void
hearth_memory_release (gpointer       data,
                       GDestroyNotify destroy)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Release *release = g_new (Release, 1);

  g_return_if_fail (data != NULL && destroy != NULL);

  release->data = data;
  release->destroy = destroy;
  g_task_set_task_data (task, release, g_free);
  g_task_run_in_thread (task, release_thread);
}

gsize
hearth_memory_weigh (const HearthValue *value,
                     gsize              limit)
{
  HearthValueKind kind = hearth_value_get_kind (value);
  gsize weight = 8;
  gsize length = 0;

  if (kind == HEARTH_VALUE_STRING)
    {
      hearth_value_get_string (value, &length);
      return weight + length;
    }
  if (kind != HEARTH_VALUE_ARRAY && kind != HEARTH_VALUE_OBJECT)
    return weight;
  length = hearth_value_get_length (value);
  for (gsize i = 0; weight < limit && i < length; i++)
    {
      HearthValue *child = kind == HEARTH_VALUE_ARRAY ? hearth_value_at (value, i) : hearth_value_member_at (value, i);

      weight += (kind == HEARTH_VALUE_OBJECT ? 12 : 0) + hearth_memory_weigh (child, limit - weight);
    }
  return weight;
}

void
hearth_memory_release_value (HearthValue *value)
{
  if (value == NULL)
    return;
  if (hearth_memory_weigh (value, MAX_INLINE_WEIGHT) < MAX_INLINE_WEIGHT)
    hearth_value_unref (value);
  else
    hearth_memory_release (value, (GDestroyNotify) hearth_value_unref);
}
