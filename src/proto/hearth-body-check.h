/* hearth-body-check.h: is a request body of the shape a route wants?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_BODY_FORMAT_ANY,
  HEARTH_BODY_FORMAT_DATE, /* UTC, 2026-01-31T12:00:00.000Z: the frontend refuses any other form */
} HearthBodyFormat;

/**
 * HearthBodyField:
 * @key: member name; a list ends with a NULL key
 * @kinds: allowed kinds, a mask of 1 << HearthValueKind
 * @required: must be there
 * @min_length: of a string or array
 * @text: what it is, for the documentation; may be NULL
 * @minimum: of a number, with @maximum; both 0: any
 * @values: the allowed strings, NULL-terminated; or NULL
 * @items: of an array: allowed kinds of its elements, 0 for any
 * @members: of an object, or of the objects in an array; or NULL
 * @entries: of an object whose keys are free: what each value is (one field, its key unused); or NULL
 * @secret: a key or password: never told back, and its memory is wiped
 *
 * What a member of a request may be. The same list checks the request and describes it in the
 * OpenAPI document.
 */
typedef struct _HearthBodyField HearthBodyField;

struct _HearthBodyField
{
  const char             *key;
  guint                   kinds;
  gboolean                required;
  gsize                   min_length;
  gsize                   max_length; /* 0: no limit; characters of a string */
  const char             *text;
  double                  minimum;
  double                  maximum;
  const char *const      *values;
  guint                   items;
  const HearthBodyField  *members;
  const HearthBodyField  *entries;
  HearthBodyFormat        format;
  gboolean                secret;
};

#define HEARTH_KIND(K) (1u << HEARTH_VALUE_##K)
#define HEARTH_KINDS_NUMBER (HEARTH_KIND (INTEGER) | HEARTH_KIND (DOUBLE) | HEARTH_KIND (BIG_NUMBER))
#define HEARTH_KINDS_ANY 0xffu

/* NULL when it fits; else the `details` object of http-api.md 3: {"<field>": ["<reason>", …]}. */
HearthValue *hearth_body_check          (HearthValue           *body,
                                         const HearthBodyField *fields);
/* The bodies of http-api.md 9.3 and 9.5: a new workflow, and one to be changed. */
extern const HearthBodyField hearth_body_new_workflow[];
extern const HearthBodyField hearth_body_workflow[];

/* The text of a query as the kind its field wants; where it cannot be that, as text. */
HearthValue *hearth_body_read_query     (const HearthBodyField *field,
                                         const char            *text);

G_END_DECLS
