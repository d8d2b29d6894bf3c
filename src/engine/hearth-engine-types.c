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
  char *plain;       /* NULL: as its class says */
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
  to->plain = g_strdup (from->plain);
}

static void
hearth_engine_error_private_clear (HearthEngineErrorPrivate *priv)
{
  g_free (priv->error_class);
  g_free (priv->plain);
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

void
hearth_error_set_plain (GError     *error,
                        const char *plain)
{
  HearthEngineErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == HEARTH_ENGINE_ERROR);
  g_return_if_fail (plain != NULL);

  priv = hearth_engine_error_get_private (error);
  g_free (priv->plain);
  priv->plain = g_strdup (plain);
}

/* Not translated: models read them. */
static const char *
describe_class (const char *error_class)
{
  static const struct
  {
    const char *error_class;
    const char *plain;
  } classes[] = {
    { "network", "A service could not be reached." },
    { "timeout", "It took too long." },
    { "rate-limit", "A service takes no more requests for now." },
    { "server", "A service has a problem of its own." },
    { "refused", "It was refused." },
    { "input", "What it was given cannot be used." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i].error_class, error_class))
      return classes[i].plain;
  return "It failed.";
}

const char *
hearth_error_get_plain (const GError *error)
{
  HearthEngineErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, "It failed.");

  priv = error->domain == HEARTH_ENGINE_ERROR ? hearth_engine_error_get_private (error) : NULL;
  if (priv && priv->plain)
    return priv->plain;
  return describe_class (g_error_matches (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_INPUT)
                         ? "input" : hearth_error_get_class (error, NULL));
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
