import type { Block, Excerpt, MatrixCell, PathBlock, Phrase, Words } from "../report/document.ts";
import { stationStyle } from "./station-style.ts";
import { visible, visibleParts } from "./visible.ts";

export interface HtmlOptions {
  readonly title: string;
}

const STATES = { ok: "ok", broken: "broken", unknown: "unknown", "not-reached": "not reached" } as const;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" };

function escapeMarkup(shown: string): string {
  return shown.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

function escapeText(text: string): string {
  return escapeMarkup(visible(text));
}

/** The only style sheet. Its digest stands in the page's policy: changing one without the other leaves the page unstyled, and fails a test. */
export const styleSheet = `
:root{color-scheme:light dark;--ground:#fff;--card:#f6f8fa;--text:#1b1f24;--quiet:#57606a;--line:#d0d7de;--edge:#6e7781;--code:#f3f5f7;--good:#116329;--bad:#b3151e;--doubt:#7d4e00;--focus:#0550ae;--mark:#ffe8a3}
@media(prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1c2126;--text:#e3e7eb;--quiet:#a3adb7;--line:#3a424a;--edge:#7d8790;--code:#20262c;--good:#57c278;--bad:#ff8a8e;--doubt:#e3b341;--focus:#79b8ff;--mark:#5c4a10}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
h1+p{background:var(--card);border:1px solid var(--line);border-left:.35rem solid var(--edge);border-radius:.4rem;padding:.8rem 1rem;font-size:1.1rem}
h2{font-size:1.25rem;margin:2.4rem 0 .7rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1.08rem;margin:1.7rem 0 .4rem}
p,ul,ol{margin:.5rem 0}
ul,ol{padding-left:1.6rem}
li{margin:.35rem 0}
p,li,dd,h1,h2,h3,summary{overflow-wrap:anywhere}
code,pre{font:.88em/1.45 ui-monospace,"Cascadia Mono",Consolas,Menlo,monospace}
code{background:var(--code);padding:.08em .3em;border-radius:3px;overflow-wrap:anywhere}
pre{background:var(--code);padding:.55rem .75rem;margin:.3rem 0 .8rem;border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
.command{position:relative;margin:.3rem 0 .8rem}
.command pre{border-left:3px solid var(--edge);margin:0;user-select:all}
.command button{position:absolute;top:.3rem;right:.3rem;font:inherit;font-size:.8rem;min-height:1.75rem;padding:0 .7rem;color:var(--text);background:var(--ground);border:1px solid var(--edge);border-radius:4px;cursor:pointer}
.command button+pre{padding-right:5.5rem;min-height:2.4rem}
mark{background:var(--mark);color:inherit;font-weight:600}
.place{color:var(--quiet);font:.88em ui-monospace,"Cascadia Mono",Consolas,Menlo,monospace}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.doubt{color:var(--doubt)}.quiet{color:var(--quiet)}
.where{font-weight:600}
.scroll{overflow-x:auto;margin:.6rem 0}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{border-bottom-color:var(--edge);white-space:nowrap}
tbody th{font-weight:400;min-width:9rem}
.matrix td{min-width:7rem}
.matrix details{margin:0;padding:0;border:0;max-width:22rem}
.matrix pre{margin:.2rem 0 .3rem}
.matrix p{margin:.2rem 0}
details{margin:.6rem 0;padding:.2rem 0 .2rem .9rem;border-left:3px solid var(--line)}
summary{cursor:pointer;font-weight:600;min-height:1.5rem}
.matrix summary{font-weight:400}
.path{list-style:none;padding:0;margin:1rem 0}
.path li{position:relative;display:grid;grid-template-columns:2rem 7rem 6.5rem 1fr;gap:.1rem .6rem;margin:0;padding:0 0 .9rem}
.path li::before{content:"";position:absolute;left:calc(1rem - 1.5px);top:1.6rem;bottom:-.1rem;border-left:3px solid var(--good)}
.path li.broken::before,.path li.not-reached::before{border-left:3px dotted var(--edge)}
.path li.unknown::before{border-left:3px dashed var(--edge)}
.path li:last-child::before{display:none}
.path svg{position:relative;width:1.6rem;height:1.6rem;margin-left:.2rem;overflow:visible}
.path .disc{fill:var(--ground);stroke:currentColor;stroke-width:2}
.path .sign{fill:none;stroke:currentColor;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}
.path .broken .disc{fill:currentColor}
.path .broken .sign{stroke:var(--ground)}
.path .not-reached .disc{stroke-dasharray:3 3}
.state{font-weight:600;white-space:nowrap}
@media(max-width:44rem){.path li{grid-template-columns:2rem auto 1fr}.path .says{grid-column:2/-1}.matrix details{max-width:14rem}h1+p{font-size:1.02rem}}
@page{margin:14mm}
@media print{:root{color-scheme:light;--ground:#fff;--card:#fff;--text:#000;--quiet:#444;--line:#bbb;--edge:#666;--code:#f3f3f3;--good:#116329;--bad:#b3151e;--doubt:#7d4e00;--mark:#ffe8a3}
body{font-size:10.5pt;print-color-adjust:exact}main{max-width:none;padding:0}.scroll{overflow:visible}.command button{display:none}.command button+pre{padding-right:.75rem}
details::details-content{content-visibility:visible;display:block}.matrix details{max-width:none}
pre,tr,.path li,.command{break-inside:avoid}h2,h3,summary{break-after:avoid}}
`;

/** SHA-256 of the style sheet, base64, for the page's policy. */
export const styleSheetDigest = "1hJ+7PNi9m58xQ276ym/tgufaO7vaOruvQFSkjHIadk=";

/** The only script, a convenience: a button beside each command copies it. Where scripts are shut off, a click selects the command. */
export const copyScript = `
for (const pre of document.querySelectorAll(".command pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(pre.textContent);
    } catch {
      getSelection().selectAllChildren(pre);
      copied = document.execCommand("copy");
    }
    button.textContent = copied ? "Copied" : "Press Ctrl+C";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  pre.before(button);
}
`;

/** SHA-256 of the script, base64, for the page's policy. */
export const copyScriptDigest = "WlQZmGQl6IWQ+jdk+8vCQZHfbL+oHfhe+w/erSXbw78=";

function inline(one: Phrase): string {
  const text = escapeText(one.text);
  switch (one.style) {
    case "plain":
      return text;
    case "strong":
      return `<strong>${text}</strong>`;
    case "code":
      return `<code>${text}</code>`;
    case "place":
    case "good":
    case "bad":
    case "doubt":
    case "quiet":
      return `<span class="${one.style}">${text}</span>`;
  }
}

function inlines(text: Words): string {
  return text.map(inline).join("");
}

function command(text: string): string {
  return `<div class="command"><pre>${escapeText(text)}</pre></div>`;
}

function quotedLine(one: Excerpt): string {
  const { before, cited, after } = visibleParts(one.quote, one.from, one.length);
  return `<pre>${escapeMarkup(before.trimStart())}<mark>${escapeMarkup(cited)}</mark>${escapeMarkup(after.trimEnd())}</pre>`;
}

function excerpt(one: Excerpt): string {
  return `<p><span class="place">${escapeText(one.place)}</span> ${escapeText(one.shows)}</p>\n${quotedLine(one)}`;
}

/** A table that can be scrolled sideways with the keyboard; the first cell of a row names it. */
function tableOfCells(style: string, label: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map(([name = "", ...others]) => `<tr><th scope="row">${name}</th>${others.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<div class="${style}" role="region" aria-label="${escapeText(label)}" tabindex="0"><table>\n<thead><tr>${
    head.map((one) => `<th scope="col">${escapeText(one)}</th>`).join("")}</tr></thead>\n<tbody>\n${cells.join("\n")}\n</tbody></table></div>`;
}

function matrixCell({ verdict, behind }: MatrixCell): string {
  if (behind === null) return inlines(verdict);
  const line = behind.excerpt === null ? "" : `<p class="place">${escapeText(behind.excerpt.place)}</p>${quotedLine(behind.excerpt)}`;
  return `<details><summary>${inlines(verdict)}</summary><p>${escapeText(behind.because)}</p>${line}</details>`;
}

/** The sign of a station in its disc; colour is never the only difference. */
const SIGNS = {
  ok: `<path class="sign" d="M7 12.5l3.5 3.5 6.5-7.5"/>`,
  broken: `<path class="sign" d="M8 8l8 8m0-8l-8 8"/>`,
  unknown: `<path class="sign" d="M9 9.5a3 3 0 1 1 4.2 2.7c-.9.5-1.2 1-1.2 1.8m0 3v.1"/>`,
  "not-reached": "",
} as const;

function station({ name, state, says }: PathBlock["stations"][number]): string {
  const style = stationStyle[state];
  const picture = `<svg class="${style}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle class="disc" cx="12" cy="12" r="11"/>${SIGNS[state]}</svg>`;
  return `<li class="${state}">${picture}<span class="state ${style}">${STATES[state]}</span><strong>${escapeText(name)}</strong><span class="says">${inlines(says)}</span></li>`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${inlines(block.text)}</h${block.level}>`;
    case "paragraph":
      return `<p>${inlines(block.text)}</p>`;
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${inlines(item)}</li>`).join("\n")}\n</ul>`;
    case "steps":
      return `<ol>\n${block.steps.map((step) => {
        const where = step.where === null ? "" : `<span class="where">${escapeText(step.where)}:</span> `;
        return `<li>${where}${inlines(step.text)}${step.command === null ? "" : command(step.command)}</li>`;
      }).join("\n")}\n</ol>`;
    case "table":
      return tableOfCells("scroll", block.head.join(", "), block.head, block.rows.map((row) => row.map(inlines)));
    case "matrix":
      return tableOfCells("scroll matrix", `${block.corner} by ${block.columns.join(", ")}`, [block.corner, ...block.columns],
        block.rows.map(({ name, cells }) => [escapeText(name), ...cells.map(matrixCell)]));
    case "excerpt":
      return `<details open><summary>${escapeText(block.title)}</summary>\n${block.excerpts.map(excerpt).join("\n")}\n</details>`;
    case "sample":
      return `${block.title === null ? "" : `<p class="place">${escapeText(block.title)}</p>\n`}<pre>${block.lines.map(escapeText).join("\n")}</pre>`;
    case "command":
      return `${block.where === null ? "" : `<p class="where">${escapeText(block.where)}</p>\n`}${command(block.command)}`;
    case "path":
      return `<ol class="path">\n${block.stations.map(station).join("\n")}\n</ol>`;
  }
}

/** A document as one self-contained page: nothing fetched, one style sheet and one small script that the page's own policy pins; all of it reads without the script. */
export function renderHtml(document: readonly Block[], options: HtmlOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleSheetDigest}'; script-src 'sha256-${copyScriptDigest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeText(options.title)}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
${document.map(renderBlock).join("\n")}
</main>
<script>${copyScript}</script>
</body>
</html>
`;
}
