import type { Block, Excerpt, Phrase, Words } from "../report/document.ts";
import { visible, visibleParts } from "./visible.ts";

export interface HtmlOptions {
  readonly title: string;
}

const STATES = { ok: "ok", broken: "broken", unknown: "unknown", "not-reached": "not reached" } as const;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" };

function escapeText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** The only style sheet. Its digest stands in the page's policy: changing one without the other leaves the page unstyled, and fails a test. */
export const styleSheet = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--quiet:#57606a;--line:#d0d7de;--code:#f3f5f7;--good:#1a7f37;--bad:#b3151e;--doubt:#8a5a00;--mark:#ffe8a3}
@media(prefers-color-scheme:dark){:root{--ground:#14171a;--text:#e3e7eb;--quiet:#9aa4ae;--line:#3a424a;--code:#20262c;--good:#57c278;--bad:#ff7b80;--doubt:#e3b341;--mark:#5c4a10}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.45rem;line-height:1.25}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.6rem 0 .4rem}
p,ul,ol{margin:.5rem 0}
li{margin:.35rem 0;overflow-wrap:anywhere}
p{overflow-wrap:anywhere}
code,pre{font:.88em/1.45 ui-monospace,"Cascadia Mono",Consolas,Menlo,monospace}
code{background:var(--code);padding:.08em .3em;border-radius:3px;overflow-wrap:anywhere}
pre{background:var(--code);padding:.5rem .7rem;margin:.3rem 0 .8rem;border-radius:4px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
pre.command{border-left:3px solid var(--quiet);user-select:all}
mark{background:var(--mark);color:inherit;font-weight:600}
.place{color:var(--quiet);font:.88em ui-monospace,"Cascadia Mono",Consolas,Menlo,monospace}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.doubt{color:var(--doubt)}.quiet{color:var(--quiet)}
.where{font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:.6rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
details{margin:.5rem 0;padding:.2rem 0 .2rem .8rem;border-left:3px solid var(--line)}
summary{cursor:pointer;font-weight:600}
.path{list-style:none;padding:0}
.path li{display:grid;grid-template-columns:6.5rem 7rem 1fr;gap:.5rem;padding:.15rem 0}
.state{font-weight:600;white-space:nowrap}
@media(max-width:40rem){.path li{grid-template-columns:6.5rem 1fr}.path li>:last-child{grid-column:1/-1}}
@media print{body{background:#fff;color:#000;font-size:11pt}main{max-width:none;padding:0}pre,details,table,li{break-inside:avoid}h2,h3{break-after:avoid}pre{white-space:pre-wrap}}
`;

/** SHA-256 of the style sheet, base64, for the page's policy. */
export const styleSheetDigest = "8QBNTidvHMD+4d0DqlLfYrU7IklkIP0E04G0XvAfOrg=";

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
  return `<pre class="command">${escapeText(text)}</pre>`;
}

function excerpt(one: Excerpt): string {
  const { before, cited, after } = visibleParts(one.quote, one.from, one.length);
  const plain = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
  return `<p><span class="place">${escapeText(one.place)}</span> ${escapeText(one.shows)}</p>\n<pre>${plain(before.trimStart())}<mark>${plain(cited)}</mark>${plain(after.trimEnd())}</pre>`;
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
      return `<div class="scroll"><table>\n<thead><tr>${block.head.map((head) => `<th scope="col">${escapeText(head)}</th>`).join("")}</tr></thead>\n<tbody>\n${
        block.rows.map((row) => `<tr>${row.map((cell) => `<td>${inlines(cell)}</td>`).join("")}</tr>`).join("\n")}\n</tbody></table></div>`;
    case "excerpt":
      return `<details open><summary>${escapeText(block.title)}</summary>\n${block.excerpts.map(excerpt).join("\n")}\n</details>`;
    case "sample":
      return `${block.title === null ? "" : `<p class="place">${escapeText(block.title)}</p>\n`}<pre>${block.lines.map(escapeText).join("\n")}</pre>`;
    case "command":
      return `${block.where === null ? "" : `<p class="where">${escapeText(block.where)}</p>\n`}${command(block.command)}`;
    case "path":
      return `<ol class="path">\n${block.stations.map((station) => {
        const style = station.state === "ok" ? "good" : station.state === "broken" ? "bad" : station.state === "unknown" ? "doubt" : "quiet";
        return `<li><span class="state ${style}">${STATES[station.state]}</span><strong>${escapeText(station.name)}</strong><span>${inlines(station.says)}</span></li>`;
      }).join("\n")}\n</ol>`;
  }
}

/** A document as one self-contained page: no script, nothing fetched, one style sheet that the page's own policy pins. */
export function renderHtml(document: readonly Block[], options: HtmlOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleSheetDigest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeText(options.title)}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
${document.map(renderBlock).join("\n")}
</main>
</body>
</html>
`;
}
