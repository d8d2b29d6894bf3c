// index.js: loaded by the web editor when it starts
// SPDX-License-Identifier: GPL-3.0-or-later

document.documentElement.dataset.wordTools = "1.0";
