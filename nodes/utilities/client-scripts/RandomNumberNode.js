// RandomNumberNode.js: browser side of core:RandomNumber
//
// SPDX-License-Identifier: GPL-3.0-or-later

const MAX = 0xffffff; // 24 bits

const draw = () => Math.floor(Math.random() * (MAX + 1));

const clamp = (value) => {
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? 0 : Math.min(Math.max(number, 0), MAX);
};

const steps = {
  固定: (value) => value,
  增加: (value) => clamp(value + 1),
  减少: (value) => clamp(value - 1),
  随机: draw,
};

export function setupClientNode(vueFlow, node, context) {
  const { getNodeInputValue, updateInputValue, ref, watch } = context;

  const stored = getNodeInputValue('value');
  const current = ref(stored === null || stored === undefined ? draw() : clamp(stored));

  const store = (value) => {
    current.value = value;
    updateInputValue('value', value);
  };

  if (stored !== current.value) store(current.value);

  // A number typed by hand, or one that came with undo, is the new current value.
  watch(
    () => getNodeInputValue('value'),
    (value) => {
      if (value === null || value === undefined) return;
      const limited = clamp(value);
      if (limited !== value) store(limited);
      else current.value = limited;
    },
  );

  return {
    onButtonClick(inputKey) {
      if (inputKey === 'reroll') store(draw());
    },

    onWorkflowExecute() {
      const step = steps[getNodeInputValue('mode')] ?? draw;
      const next = step(current.value);
      if (next !== current.value) store(next);
    },
  };
}
