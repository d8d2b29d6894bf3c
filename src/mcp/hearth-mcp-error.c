/* hearth-mcp-error.c: what can go wrong with a server of the Model Context Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-error.h"

#include "hearth-i18n.h"

typedef struct
{
  char *words; /* or NULL */
} HearthMcpErrorPrivate;

static void
hearth_mcp_error_private_init (HearthMcpErrorPrivate *self)
{
}

static void
hearth_mcp_error_private_copy (const HearthMcpErrorPrivate *self,
                               HearthMcpErrorPrivate       *copy)
{
  copy->words = g_strdup (self->words);
}

static void
hearth_mcp_error_private_clear (HearthMcpErrorPrivate *self)
{
  g_free (self->words);
}

G_DEFINE_EXTENDED_ERROR (HearthMcpError, hearth_mcp_error)

GError *
hearth_mcp_error_new_refused (const char *words)
{
  GError *error;

  if (words == NULL || *words == '\0')
    return g_error_new_literal (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_REFUSED,
                                _("The server refused, and gave no reason. Its own log may tell one."));
  /* Translators: the server's own words follow */
  error = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_REFUSED, _("The server refused: %s"), words);
  hearth_mcp_error_get_private (error)->words = g_strdup (words);
  return error;
}

const char *
hearth_mcp_error_get_words (const GError *error)
{
  return error != NULL && error->domain == HEARTH_MCP_ERROR ? hearth_mcp_error_get_private (error)->words : NULL;
}
