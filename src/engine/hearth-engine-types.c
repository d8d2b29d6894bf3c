/* hearth-engine-types.c: error domain and names of states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

/* Every error of the domain has room for what hearth_error_new_class() adds. */
typedef struct
{
  char *error_class; /* NULL: "node" */
  guint retry_after_ms;
} HearthEngineErrorPrivate;

static void
hearth_engine_error_private_init (HearthEngineErrorPrivate *priv)
{
  *priv = (HearthEngineErrorPrivate){ 0 };
}

static void
hearth_engine_error_private_copy (const HearthEngineErrorPrivate *from,
                                  HearthEngineErrorPrivate       *to)
{
  to->error_class = g_strdup (from->error_class);
  to->retry_after_ms = from->retry_after_ms;
}

static void
hearth_engine_error_private_clear (HearthEngineErrorPrivate *priv)
{
  g_free (priv->error_class);
}

G_DEFINE_EXTENDED_ERROR (HearthEngineError, hearth_engine_error)

GError *
hearth_error_new_class (const char *error_class,
                        guint       retry_after_ms,
                        const char *message)
{
  GError *error;
  HearthEngineErrorPrivate *priv;

  g_return_val_if_fail (error_class != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message);
  priv = hearth_engine_error_get_private (error);
  priv->error_class = g_strdup (error_class);
  priv->retry_after_ms = retry_after_ms;
  return error;
}

const char *
hearth_error_get_class (const GError *error,
                        guint        *retry_after_ms)
{
  HearthEngineErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, "node");

  priv = error->domain == HEARTH_ENGINE_ERROR ? hearth_engine_error_get_private (error) : NULL;
  if (retry_after_ms)
    *retry_after_ms = priv ? priv->retry_after_ms : 0;
  return priv && priv->error_class ? priv->error_class : "node";
}

gboolean
_hearth_error_stops_run (const GError *error)
{
  return g_str_equal (hearth_error_get_class (error, NULL), HEARTH_CLASS_BUDGET);
}

const char *
hearth_run_status_to_string (HearthRunStatus status)
{
  static const char *const names[] = {
    [HEARTH_RUN_QUEUED] = "queued",
    [HEARTH_RUN_RUNNING] = "running",
    [HEARTH_RUN_COMPLETE] = "complete",
    [HEARTH_RUN_ERROR] = "error",
    [HEARTH_RUN_INTERRUPTED] = "interrupted",
  };

  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (names), "error");

  return names[status];
}
