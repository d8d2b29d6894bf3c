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

/* What a browser may do with it: @shown and @harmless. */
#define SAVED FALSE, FALSE
#define SHOWN TRUE, FALSE
#define HARMLESS TRUE, TRUE

static const HearthFileType types[] = {
  { ".avif", "image/avif", HARMLESS },
  { ".css", "text/css", SAVED },
  { ".csv", "text/csv", SAVED },
  { ".flac", "audio/flac", HARMLESS },
  { ".gif", "image/gif", HARMLESS },
  { ".gz", "application/gzip", SAVED },
  { ".htm", "text/html", SHOWN },
  { ".html", "text/html", SHOWN },
  { ".ico", "image/x-icon", HARMLESS },
  { ".jpeg", "image/jpeg", HARMLESS },
  { ".jpg", "image/jpeg", HARMLESS },
  { ".js", "application/javascript", SAVED },
  { ".json", "application/json", SHOWN },
  { ".log", "text/plain", SHOWN },
  { ".m4a", "audio/mp4", HARMLESS },
  { ".map", "application/json", SAVED },
  { ".md", "text/markdown", SAVED },
  { ".mjs", "application/javascript", SAVED },
  { ".mp3", "audio/mpeg", HARMLESS },
  { ".mp4", "video/mp4", HARMLESS },
  { ".oga", "audio/ogg", HARMLESS },
  { ".ogg", "audio/ogg", HARMLESS },
  { ".ogv", "video/ogg", HARMLESS },
  { ".otf", "font/otf", SAVED },
  { ".pdf", "application/pdf", SHOWN },
  { ".png", "image/png", HARMLESS },
  { ".svg", "image/svg+xml", SHOWN },
  { ".ttf", "font/ttf", SAVED },
  { ".txt", "text/plain", SHOWN },
  { ".wasm", "application/wasm", SAVED },
  { ".wav", "audio/wav", HARMLESS },
  { ".webm", "video/webm", HARMLESS },
  { ".webmanifest", "application/manifest+json", SAVED },
  { ".webp", "image/webp", HARMLESS },
  { ".woff", "font/woff", SAVED },
  { ".woff2", "font/woff2", SAVED },
  { ".xml", "application/xml", SAVED },
  { ".yaml", "application/yaml", SAVED },
  { ".yml", "application/yaml", SAVED },
  { ".zip", "application/zip", SAVED },
};

const HearthFileType *
hearth_file_type_of (const char *name)
{
  static const HearthFileType unknown = { "", "application/octet-stream", SAVED };
  const char *dot;

  g_return_val_if_fail (name != NULL, &unknown);

  dot = strrchr (name, '.');
  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (dot, types[i].suffix) == 0)
      return &types[i];
  return &unknown;
}
