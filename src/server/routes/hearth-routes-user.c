/* hearth-routes-user.c: the one user of this machine, and keys (http-api.md 5, 6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-routes.h"
#include "hearth-user-operations.h"

#define MAX_AVATAR_BYTES (5 << 20)

/* --- texts of blanks ----------------------------------------------------------------------- */

static gboolean
is_blank (HearthValue *arguments,
          const char  *member)
{
  const char *text = hearth_value_get_member_string (arguments, member, NULL);

  return text != NULL && strspn (text, " \t\r\n") == strlen (text);
}

/* In the form of http-api.md 6.3. */
static void
refuse_blank (HearthRequest *request,
              const char    *member)
{
  /* Translators: member of a request, such as "name" */
  g_autofree char *message = g_strdup_printf (_("“%s” must not be blank."), member);
  const char *const reasons[] = { message, NULL };
  HearthValue *errors = hearth_value_object (member, hearth_value_strv (reasons), NULL);
  HearthValue *details = hearth_value_object ("formErrors", hearth_value_empty_array (), "fieldErrors", errors, NULL);

  hearth_request_reply_json (request, SOUP_STATUS_BAD_REQUEST,
                             hearth_value_object ("error", hearth_value_string (message), "details", details, NULL));
}

/* What consists of blanks is as good as empty. */
static void
perform (HearthRequest         *request,
         const HearthOperation *operation,
         const char *const     *members)
{
  HearthValue *arguments = hearth_request_get_arguments (request);

  for (; *members != NULL; members++)
    {
      if (!is_blank (arguments, *members))
        continue;
      refuse_blank (request, *members);
      return;
    }
  hearth_workspace_perform (hearth_request_get_workspace (request), operation, arguments, NULL, hearth_request_answered_cb,
                            hearth_request_ref (request));
}

static void
create_service_key (HearthRequest *request)
{
  static const char *const members[] = { "name", NULL };

  perform (request, &hearth_operation_create_service_key, members);
}

static void
create_credential (HearthRequest *request)
{
  static const char *const members[] = { "serviceName", "credential", "displayName", NULL };

  perform (request, &hearth_operation_create_credential, members);
}

/* --- the picture ---------------------------------------------------------------------------- */

static HearthValue *
find_file (HearthValue *arguments,
           const char  *field)
{
  HearthValue *files = hearth_value_get (arguments, "files");

  for (gsize i = 0; i < hearth_value_get_length (files); i++)
    {
      HearthValue *file = hearth_value_at (files, i);

      if (g_str_equal (hearth_value_get_member_string (file, "field", ""), field))
        return file;
    }
  return NULL;
}

static void
refuse_avatar (HearthRequest *request,
               const char    *reason)
{
  const char *const reasons[] = { reason, NULL };

  hearth_request_reply_details (request, reason, hearth_value_object ("avatar", hearth_value_strv (reasons), NULL));
}

static void
set_avatar (HearthRequest *request)
{
  HearthValue *file = find_file (hearth_request_get_arguments (request), "avatar");
  g_autoptr (HearthValue) arguments = NULL;

  if (file == NULL || hearth_value_get_member_integer (file, "size", 0) > MAX_AVATAR_BYTES)
    {
      refuse_avatar (request, file == NULL ? _("The form has no file “avatar”.")
                                           : _("The picture is larger than 5 MiB. Make it smaller, then choose it again."));
      return;
    }
  arguments = hearth_value_object ("path", hearth_value_ref (hearth_value_get (file, "path")), NULL);
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_set_avatar, arguments, NULL,
                            hearth_request_answered_cb, hearth_request_ref (request));
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthBodyField name_fields[] = {
  { .key = "username", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .max_length = 50 },
  { .key = NULL },
};

static const HearthBodyField avatar_fields[] = {
  { .key = "files", .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .min_length = 1, .items = HEARTH_KIND (OBJECT),
    .text = "one file, “avatar”: JPEG, PNG, GIF or WebP, at most 5 MiB" },
  { .key = NULL },
};

static const HearthBodyField key_fields[] = {
  { .key = "name", .kinds = HEARTH_KIND (STRING), .min_length = 1, .max_length = 100 },
  { .key = "scopes", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING) },
  { .key = NULL },
};

static const char *const key_stores[] = { "keyring", "session", NULL };

static const HearthBodyField credential_fields[] = {
  { .key = "serviceName", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .max_length = 200 },
  { .key = "credential", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .max_length = 8192, .secret = TRUE,
    .text = "Goes to the keyring and is never answered" },
  { .key = "displayName", .kinds = HEARTH_KIND (STRING), .min_length = 1, .max_length = 100 },
  { .key = "keyStore", .kinds = HEARTH_KIND (STRING), .values = key_stores,
    .text = "Where it goes; without it, where GET /api/keyring says" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/auth/current", .name = "getCurrentUser",
    .summary = "The user",
    .operation = &hearth_operation_read_session },
  { .method = "PUT", .pattern = "/api/users/me/username", .name = "setUserName",
    .summary = "Renames the user",
    .body = HEARTH_BODY_JSON, .fields = name_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .operation = &hearth_operation_rename_user },
  { .method = "POST", .pattern = "/api/users/me/avatar", .name = "setAvatar",
    .summary = "Changes the user's picture",
    /* A little more, so that a picture that is a little too large is told apart from a flood. */
    .body = HEARTH_BODY_FORM, .limit = MAX_AVATAR_BYTES + (1 << 20), .fields = avatar_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .handler = set_avatar },
  { .method = "GET", .pattern = "/api/users/me/service-keys", .name = "listServiceKeys",
    .summary = "Keys to this API, newest first",
    .operation = &hearth_operation_list_service_keys },
  { .method = "POST", .pattern = "/api/users/me/service-keys", .name = "createServiceKey",
    .summary = "Makes one; its secret is told this once",
    .body = HEARTH_BODY_JSON, .fields = key_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY, .success = SOUP_STATUS_CREATED,
    .handler = create_service_key },
  { .method = "DELETE", .pattern = "/api/users/me/service-keys/:keyId", .name = "deleteServiceKey",
    .summary = "Deletes one", .success = SOUP_STATUS_NO_CONTENT,
    .operation = &hearth_operation_delete_service_key },
  { .method = "GET", .pattern = "/api/users/me/credentials", .name = "listCredentials",
    .summary = "Keys of other services, newest first, without the keys",
    .operation = &hearth_operation_list_credentials },
  { .method = "POST", .pattern = "/api/users/me/credentials", .name = "createCredential",
    .summary = "Puts one into the keyring",
    .body = HEARTH_BODY_JSON, .fields = credential_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .success = SOUP_STATUS_CREATED,
    .handler = create_credential },
  { .method = "DELETE", .pattern = "/api/users/me/credentials/:credentialId", .name = "deleteCredential",
    .summary = "Deletes one, in the keyring as well", .success = SOUP_STATUS_NO_CONTENT,
    .operation = &hearth_operation_delete_credential },
};

const HearthRouteSection hearth_routes_user = { "User", routes, G_N_ELEMENTS (routes) };
