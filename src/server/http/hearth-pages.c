/* hearth-pages.c: our own pages and scripts, which are part of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-pages.h"

#include "hearth-assets.h"
#include "hearth-language.h"
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
  gboolean speaks; /* and so there is one for each language (build-aux/page-texts.py) */
} kinds[] = {
  { ".css", "text/css; charset=utf-8", FALSE },
  { ".html", "text/html; charset=utf-8", TRUE },
  { "texts.js", "application/javascript; charset=utf-8", TRUE },
  { ".js", "application/javascript; charset=utf-8", FALSE },
};

static int
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_has_suffix (name, kinds[i].suffix))
        return i;
    }
  return -1;
}

static GBytes *
lookup (HearthRequest *request,
        const char    *name,
        gboolean       speaks)
{
  g_autofree char *path = NULL;
  const HearthLanguage *language;

  if (!speaks)
    {
      path = g_strconcat ("pages/", name, NULL);
      return hearth_assets_lookup (path);
    }
  language = hearth_language_choose (hearth_request_get_header (request, "Accept-Language"));
  hearth_request_set_header (request, "Content-Language", language->tag);
  hearth_request_set_header (request, "Vary", "Origin, Accept-Language");
  path = g_build_path ("/", "pages", language->folder, name, NULL);
  return hearth_assets_lookup (path);
}

void
hearth_pages_reply (HearthRequest *request,
                    const char    *name)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (HearthPrebuilt) page = NULL;
  int kind;

  g_return_if_fail (request != NULL && name != NULL);

  kind = find_kind (name);
  bytes = kind >= 0 ? lookup (request, name, kinds[kind].speaks) : NULL;
  if (bytes == NULL)
    {
      hearth_request_reply_unknown (request);
      return;
    }
  page = hearth_prebuilt_new (kinds[kind].type, bytes);
  hearth_request_set_header (request, "Content-Security-Policy", POLICY);
  hearth_prebuilt_reply (page, request);
}
