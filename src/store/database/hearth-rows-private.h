/* hearth-rows-private.h: rows of a table as JSON objects and back, for tables that are no more than that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-database-private.h"

G_BEGIN_DECLS

/* --- one column --------------------------------------------------------------------------------- */

/* A column that holds JSON, and one that holds text; NULL for NULL and for what is none. */
HearthValue *_hearth_column_parse (HearthSqliteStatement  *statement,
                                   int                     column);
HearthValue *_hearth_column_text  (HearthSqliteStatement  *statement,
                                   int                     column);
/* NULL for 0. */
HearthValue *_hearth_column_time  (HearthSqliteStatement  *statement,
                                   int                     column);

typedef enum
{
  HEARTH_COLUMN_TEXT,
  HEARTH_COLUMN_JSON,
  HEARTH_COLUMN_BOOLEAN,
} HearthColumnKind;

/* A member of the object and where it is kept. */
typedef struct
{
  const char       *member;
  const char       *column;
  HearthColumnKind  kind;
} HearthColumn;

/* The first @n_columns columns of the row, which are those of @columns; NULL becomes null. */
void         _hearth_columns_add    (const HearthColumn     *columns,
                                     gsize                   n_columns,
                                     HearthSqliteStatement  *row,
                                     HearthBuilder          *out);

/* --- statements of one kind; each holds the database while it runs ----------------------------------
 *
 * @values: texts for the question marks. */

typedef HearthValue *(*HearthRowFunc) (HearthSqliteStatement *row);

/* An array of what @make made of each row. */
HearthValue *_hearth_rows_list      (HearthDatabase         *self,
                                     const char             *sql,
                                     const char *const      *values, /* NULL-terminated */
                                     HearthRowFunc           make,
                                     GError                **error);
/* How many rows it touched; -1 with @error. */
gint64       _hearth_rows_change    (HearthDatabase         *self,
                                     const char             *sql,
                                     const char *const      *values, /* NULLs are NULL */
                                     gsize                   n_values,
                                     GError                **error);
/* A row of @table with those members of @row that are columns. */
gboolean     _hearth_rows_insert    (HearthDatabase         *self,
                                     const char             *table,
                                     const HearthColumn     *columns,
                                     gsize                   n_columns,
                                     HearthValue            *row,
                                     GError                **error);
/* Sets the columns that @members has a member for, in the row of @user whose @key is @id. How many
 * rows that were; -1 with @error. */
gint64       _hearth_rows_update    (HearthDatabase         *self,
                                     const char             *table,
                                     const HearthColumn     *columns,
                                     gsize                   n_columns,
                                     HearthValue            *members,
                                     const char             *user,
                                     const char             *key,
                                     const char             *id,
                                     GError                **error);

G_END_DECLS
