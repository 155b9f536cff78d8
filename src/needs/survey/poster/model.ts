import { instantFromMs, msOf, shanghaiDate, type Instant } from '../../../kernel/time.ts';

export interface PosterParts {
  readonly title: string;
  readonly intro: string | null;
  readonly areas: readonly string[];
  readonly opensAt: Instant;
  /** Exclusive. */
  readonly closesAt: Instant;
  readonly link: string;
  /** One `<svg>` element. */
  readonly qr: string;
}

export type Say = (key: string) => { readonly zh: string; readonly en: string };

/** A4 on paper, and readable on a screen; nothing is loaded from anywhere. */
export const POSTER_STYLE = `@page{size:A4;margin:15mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:180mm;padding:8mm 0;font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#111;text-align:center}
h1{font-size:34pt;line-height:1.25;margin:0 0 6mm}
p{font-size:15pt;line-height:1.5;margin:0 0 4mm}
.en{font-size:11pt;color:#444}
.qr svg{width:95mm;height:95mm}
.call{font-size:24pt;font-weight:700}
.link{font-size:12pt;word-break:break-all}
.foot{border-top:1px solid #999;margin-top:6mm;padding-top:4mm}
@media print{body{padding:0}}`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}

function justBefore(instant: Instant): Instant {
  return instantFromMs(msOf(instant) - 1);
}

/** One printable page, Chinese first. Days are days in Asia/Shanghai, the last one included. */
export function posterHtml({ title, intro, areas, opensAt, closesAt, link, qr }: PosterParts, say: Say): string {
  const days = `${shanghaiDate(opensAt)} – ${shanghaiDate(justBefore(closesAt))}`;
  const both = (key: string, className = ''): string => {
    const { zh, en } = say(key);
    return `<p${className && ` class="${className}"`}>${escaped(zh)}</p><p class="en" lang="en">${escaped(en)}</p>`;
  };
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${POSTER_STYLE}</style></head>
<body><h1>${escaped(title)}</h1>${intro === null ? '' : `<p>${escaped(intro)}</p>`}
<p>${escaped(areas.join('、'))}</p><p>${days}</p>
<div class="qr">${qr}</div>
${both('needs.survey.poster.scan', 'call')}
<p class="link">${escaped(link)}</p>
<div class="foot">${both('needs.survey.poster.anonymous')}${both('needs.survey.poster.help')}</div>
</body></html>
`;
}
