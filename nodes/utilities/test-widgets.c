/* test-widgets.c: core:TestWidgets, one input of every kind, passed through
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

static const struct
{
  const char *input;
  const char *output;
} passes[] = {
  { "string_input", "string_output" },
  { "text_input", "text_output" },
  { "markdown_input", "markdown_output" },
  { "int_input", "int_output" },
  { "float_input", "float_output" },
  { "boolean_toggle", "boolean_output" },
  { "combo_select", "combo_output" },
  { "json_input", "json_output" },
  { "javascript_code_input", "javascript_code_output" },
  { "string_with_suggestions", "string_with_suggestions_output" },
  { "int_with_suggestions", "int_with_suggestions_output" },
  { "float_with_suggestions", "float_with_suggestions_output" },
};

static gboolean
test_widgets_run (HearthStep *step,
                  GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
    {
      HearthValue *value = hearth_step_get_input (step, passes[i].input);

      if (value != NULL)
        hearth_step_set_output (step, passes[i].output, hearth_value_ref (value));
    }
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "string_input", .type = HEARTH_DATA_STRING, .name = "单行文本", .title = N_("Line of Text"),
    .description = N_("A text of one line."),
    .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "这是默认文本", "multiline": false, "placeholder": "请输入单行文本" }) },
  { .key = "text_input", .type = HEARTH_DATA_STRING, .name = "多行文本", .title = N_("Text"),
    .description = N_("A text of several lines."),
    .categories = "UiBlock CanPreview", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "这是默认的\n多行文本", "multiline": true, "placeholder": "请输入多行文本" }) },
  { .key = "markdown_input", .type = HEARTH_DATA_STRING, .name = "Markdown文本", .title = N_("Markdown"),
    .description = N_("A text with Markdown marks; it can be previewed."),
    .categories = "Markdown CanPreview UiBlock", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "# 标题\n\n**强调**，[链接](https://example.org/)\n\n```python\nprint('hello')\n```\n",
                             "multiline": true, "languageHint": "markdown" }) },
  { .key = "int_input", .type = HEARTH_DATA_INTEGER, .name = "整数", .title = N_("Whole Number"),
    .description = N_("A whole number from 0 to 100."),
    .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": 10, "min": 0, "max": 100, "step": 1 }) },
  { .key = "float_input", .type = HEARTH_DATA_FLOAT, .name = "浮点数", .title = N_("Number"),
    .description = N_("A number from 0 to 1."),
    .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": 0.5, "min": 0, "max": 1, "step": 0.01 }) },
  { .key = "boolean_toggle", .type = HEARTH_DATA_BOOLEAN, .name = "布尔值", .title = N_("On or Off"),
    .description = N_("On or off."),
    .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": true }) },
  { .key = "combo_select", .type = HEARTH_DATA_STRING, .name = "下拉选择", .title = N_("Choice"),
    .description = N_("One of several fixed texts."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "选项A",
                             "suggestions": [ { "value": "选项A", "label": "选项A" },
                                              { "value": "选项B", "label": "选项B" },
                                              { "value": "选项C", "label": "选项C" } ] }) },
  { .key = "json_input", .type = HEARTH_DATA_OBJECT, .name = "JSON对象", .title = N_("JSON Object"),
    .description = N_("An object, edited as JSON."),
    .categories = "Json CanPreview UiBlock", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": { "name": "咕咕", "type": "猫头鹰娘", "skill": "智慧" },
                             "placeholder": "请输入或编辑JSON对象" }) },
  { .key = "javascript_code_input", .type = HEARTH_DATA_STRING, .name = "JS代码片段", .title = N_("JavaScript"),
    .description = N_("A piece of JavaScript, edited in the code editor. It is not run."),
    .categories = "Code JavaScript CanPreview", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "function greet(name) {\n  return `Hello, ${name}!`;\n}\n",
                             "languageHint": "javascript" }) },
  { .key = "string_with_suggestions", .type = HEARTH_DATA_STRING, .name = "带建议的文本",
    .title = N_("Text with Suggestions"),
    .description = N_("A text that can be typed or picked."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "默认值", "placeholder": "输入或选择建议",
                             "suggestions": [ { "value": "预设A", "label": "预设A" },
                                              { "value": "预设B", "label": "预设B" },
                                              { "value": "另一个预设", "label": "另一个预设" } ] }) },
  { .key = "int_with_suggestions", .type = HEARTH_DATA_INTEGER, .name = "带建议的整数",
    .title = N_("Whole Number with Suggestions"),
    .description = N_("A whole number that can be typed or picked."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": 512, "min": 64, "max": 4096, "step": 64,
                             "suggestions": [ { "value": 256, "label": "256" }, { "value": 512, "label": "512" },
                                              { "value": 1024, "label": "1024" }, { "value": 2048, "label": "2048" } ] }) },
  { .key = "float_with_suggestions", .type = HEARTH_DATA_FLOAT, .name = "带建议的浮点数",
    .title = N_("Number with Suggestions"),
    .description = N_("A number that can be typed or picked."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": 7.5, "min": 0, "max": 15, "step": 0.5,
                             "suggestions": [ { "value": 1, "label": "1.0" }, { "value": 5, "label": "5.0" },
                                              { "value": 7.5, "label": "7.5" }, { "value": 10, "label": "10.0" },
                                              { "value": 12.5, "label": "12.5" } ] }) },
  { .key = "button_trigger", .type = HEARTH_DATA_WILDCARD, .name = "触发按钮", .title = N_("Button"),
    .description = N_("A button. It only tells the server that it was pressed."),
    .categories = "Trigger", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "label": "点我执行操作" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "string_output", .type = HEARTH_DATA_STRING, .name = "单行文本", .title = N_("Line of Text"),
    .description = N_("The line of text, unchanged.") },
  { .key = "text_output", .type = HEARTH_DATA_STRING, .name = "多行文本", .title = N_("Text"),
    .description = N_("The text, unchanged.") },
  { .key = "markdown_output", .type = HEARTH_DATA_STRING, .name = "Markdown文本", .title = N_("Markdown"),
    .description = N_("The Markdown text, unchanged."), .categories = "Markdown" },
  { .key = "int_output", .type = HEARTH_DATA_INTEGER, .name = "整数", .title = N_("Whole Number"),
    .description = N_("The whole number, unchanged.") },
  { .key = "float_output", .type = HEARTH_DATA_FLOAT, .name = "浮点数", .title = N_("Number"),
    .description = N_("The number, unchanged.") },
  { .key = "boolean_output", .type = HEARTH_DATA_BOOLEAN, .name = "布尔值", .title = N_("On or Off"),
    .description = N_("Whether the switch is on.") },
  { .key = "combo_output", .type = HEARTH_DATA_STRING, .name = "选择项", .title = N_("Choice"),
    .description = N_("The chosen text.") },
  { .key = "json_output", .type = HEARTH_DATA_OBJECT, .name = "JSON对象", .title = N_("JSON Object"),
    .description = N_("The object, unchanged."), .categories = "Json" },
  { .key = "javascript_code_output", .type = HEARTH_DATA_STRING, .name = "JS代码片段", .title = N_("JavaScript"),
    .description = N_("The code as text."), .categories = "Code JavaScript" },
  { .key = "string_with_suggestions_output", .type = HEARTH_DATA_STRING, .name = "带建议文本输出",
    .title = N_("Text with Suggestions"), .description = N_("The text, unchanged.") },
  { .key = "int_with_suggestions_output", .type = HEARTH_DATA_INTEGER, .name = "带建议整数输出",
    .title = N_("Whole Number with Suggestions"), .description = N_("The whole number, unchanged.") },
  { .key = "float_with_suggestions_output", .type = HEARTH_DATA_FLOAT, .name = "带建议浮点数输出",
    .title = N_("Number with Suggestions"), .description = N_("The number, unchanged.") },
  { NULL },
};

const HearthNodeDecl hearth_node_test_widgets = {
  .type = "TestWidgets",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "🧪测试组件节点",
  .title = N_("Test Widgets"),
  .icon = "🧪",
  .description = N_("Shows one input of every kind and passes each value through."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = test_widgets_run,
};
