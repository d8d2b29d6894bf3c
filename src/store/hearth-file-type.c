/* hearth-file-type.c: what kind of content a file has, by the end of its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of our own and not the desktop's: over HTTP the same file has the same type everywhere, and
 * a type that runs scripts is never guessed.
 */

#include "config.h"

#include "hearth-file-type.h"

#include <string.h>

static const HearthFileType types[] = {
  { ".avif", "image/avif", TRUE },
  { ".css", "text/css", FALSE },
  { ".csv", "text/csv", FALSE },
  { ".flac", "audio/flac", TRUE },
  { ".gif", "image/gif", TRUE },
  { ".gz", "application/gzip", FALSE },
  { ".htm", "text/html", TRUE },
  { ".html", "text/html", TRUE },
  { ".ico", "image/x-icon", TRUE },
  { ".jpeg", "image/jpeg", TRUE },
  { ".jpg", "image/jpeg", TRUE },
  { ".js", "application/javascript", FALSE },
  { ".json", "application/json", TRUE },
  { ".log", "text/plain", TRUE },
  { ".map", "application/json", FALSE },
  { ".md", "text/markdown", FALSE },
  { ".mjs", "application/javascript", FALSE },
  { ".mp3", "audio/mpeg", TRUE },
  { ".mp4", "video/mp4", TRUE },
  { ".ogg", "audio/ogg", TRUE },
  { ".otf", "font/otf", FALSE },
  { ".pdf", "application/pdf", TRUE },
  { ".png", "image/png", TRUE },
  { ".svg", "image/svg+xml", TRUE },
  { ".ttf", "font/ttf", FALSE },
  { ".txt", "text/plain", TRUE },
  { ".wasm", "application/wasm", FALSE },
  { ".wav", "audio/wav", TRUE },
  { ".webm", "video/webm", TRUE },
  { ".webmanifest", "application/manifest+json", FALSE },
  { ".webp", "image/webp", TRUE },
  { ".woff", "font/woff", FALSE },
  { ".woff2", "font/woff2", FALSE },
  { ".xml", "application/xml", FALSE },
  { ".yaml", "application/yaml", FALSE },
  { ".yml", "application/yaml", FALSE },
  { ".zip", "application/zip", FALSE },
};

const HearthFileType *
hearth_file_type_of (const char *name)
{
  static const HearthFileType unknown = { "", "application/octet-stream", FALSE };
  const char *dot;

  g_return_val_if_fail (name != NULL, &unknown);

  dot = strrchr (name, '.');
  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (dot, types[i].suffix) == 0)
      return &types[i];
  return &unknown;
}
