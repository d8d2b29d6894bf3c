/* hearth-pages.c: our own pages and scripts, which are part of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-pages.h"

#include "hearth-assets.h"
#include "hearth-prebuilt.h"

/* No script and no style that stands in a page, nothing from elsewhere, no form: what got into a page as
 * text stays text. */
#define POLICY                                                                                                         \
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "                \
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

static const struct
{
  const char *suffix;
  const char *type;
} types[] = {
  { ".css", "text/css; charset=utf-8" },
  { ".html", "text/html; charset=utf-8" },
  { ".js", "application/javascript; charset=utf-8" },
};

static const char *
get_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_has_suffix (name, types[i].suffix))
        return types[i].type;
    }
  return NULL;
}

void
hearth_pages_reply (HearthRequest *request,
                    const char    *name)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (HearthPrebuilt) page = NULL;

  g_return_if_fail (request != NULL && name != NULL);

  path = g_strconcat ("pages/", name, NULL);
  bytes = get_type (name) != NULL ? hearth_assets_lookup (path) : NULL;
  if (bytes == NULL)
    {
      hearth_request_reply_unknown (request);
      return;
    }
  page = hearth_prebuilt_new (get_type (name), bytes);
  hearth_request_set_header (request, "Content-Security-Policy", POLICY);
  hearth_prebuilt_reply (page, request);
}
