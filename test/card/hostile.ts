/** E-mail HTML that tries to run script, to load something, or to lead away. Each piece names itself in what it loads. */
const run = (name: string) =>
  `parent.postMessage('${name}', '*'); new Image().src = 'https://evil.test/${name}'`;

export const hostile: Record<string, string> = {
  script: `<script>${run("script")}</script>`,
  "script from elsewhere": '<script src="https://evil.test/from-elsewhere.js"></script>',
  "image handler": `<img src="x:" onerror="${run("onerror")}">`,
  "body handler": `<body onload="${run("onload")}"><p>Hello</p></body>`,
  "broken tag": `<img src="x:" title="</p><svg onload=${"parent.postMessage('broken','*')"}>`,
  "remote image": '<img src="https://evil.test/pixel.gif" alt="Our new oven">',
  "image set":
    '<picture><source srcset="https://evil.test/set.webp"><img srcset="https://evil.test/set.gif 2x"></picture>',
  background: '<table background="https://evil.test/background.gif"><tr><td>Hi</td></tr></table>',
  "css address": '<p style="background:url(https://evil.test/css.gif)">Hi</p>',
  "escaped css address": '<p style="background:u\\72l(https://evil.test/escaped.gif)">Hi</p>',
  "css image set": "<p style=\"background:image-set('https://evil.test/css-set.gif' 1x)\">Hi</p>",
  "style element":
    "<style>@import 'https://evil.test/import.css'; p { background: url(https://evil.test/rule.gif) }</style><p>Hi</p>",
  font: "<style>@font-face { font-family: f; src: url(https://evil.test/font.woff2) } p { font-family: f }</style><p>Hi</p>",
  stylesheet: '<link rel="stylesheet" href="https://evil.test/sheet.css">',
  prefetch:
    '<link rel="prefetch" href="https://evil.test/prefetch"><link rel="preload" as="image" href="https://evil.test/preload">',
  refresh: '<meta http-equiv="refresh" content="0;url=https://evil.test/refresh">',
  base: '<base href="https://evil.test/"><img src="base.gif">',
  frame: '<iframe src="https://evil.test/frame"></iframe>',
  "frame of its own": `<iframe srcdoc="<script>${run("srcdoc")}</script>"></iframe>`,
  object: '<object data="https://evil.test/object"></object><embed src="https://evil.test/embed">',
  svg: `<svg onload="${run("svg")}"><image href="https://evil.test/svg.gif"/><foreignObject><iframe src="https://evil.test/foreign"></iframe></foreignObject></svg>`,
  "svg script": `<svg><script>${run("svg-script")}</script></svg>`,
  math: `<math><mtext><table><mglyph><style><img src="x:" onerror="${run("math")}"></style></mglyph></table></mtext></math>`,
  media:
    '<video src="https://evil.test/video" poster="https://evil.test/poster.gif" autoplay></video><audio src="https://evil.test/audio" autoplay></audio>',
  details: `<details open ontoggle="${run("toggle")}"><summary>Hi</summary></details>`,
  focus: `<input autofocus onfocus="${run("focus")}">`,
  "input image": '<input type="image" src="https://evil.test/input.gif">',
  template: `<template><img src="https://evil.test/template.gif"></template>`,
};

/** What only a person's click could set off. */
export const clickable = `<a href="javascript:${run("javascript")}" id="bad">Read on</a>
  <a href="https://evil.test/link" target="_top">Our site</a>
  <form action="https://evil.test/form"><button type="submit">Send</button></form>`;
