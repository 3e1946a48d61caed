import { renderSVG } from 'uqr'
import type { Language } from '../../shared/contracts/refusal.ts'
import { pageTexts } from './page-texts.ts'

export interface CertificatePage {
  language: Language
  /** The private authority; null when none has been made. */
  authority: { fingerprint: string; name: string } | null
  /** This page's address on the network; null when other machines cannot reach the hub. */
  pageUrl: string | null
  /** The hub over HTTPS; null when it has none. */
  secureUrl: string | null
  /** How the page was asked for. `plain` is http from another machine. */
  connection: 'secure' | 'plain' | 'thisMachine'
}

/** The page as HTML. No script; its only style is /certificate/style.css. */
export function certificatePage({ language, authority, pageUrl, secureUrl, connection }: CertificatePage): string {
  const texts = pageTexts[language]
  const other = language === 'vi' ? 'en' : 'vi'
  const fill = (text: string) => escape(text.replace('{name}', authority?.name ?? 'Giao ban'))
  const parts = [
    `<p class="languages"><a href="/certificate?lang=${other}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a></p>`,
    `<h1>${texts.title}</h1>`,
    `<p>${texts.why}</p>`,
    connection === 'secure' ? `<p class="good">${texts.secureAlready}</p>` : '',
    connection === 'plain' ? `<section class="missing"><p>${texts.missing.title}</p>${list('ul', texts.missing.points.map(escape))}</section>` : '',
    authority
      ? `<p><a class="button" href="/certificate/authority.crt" download="authority.crt">${texts.download}</a></p>
<p class="quiet">${texts.fingerprint}<br><code>${escape(authority.fingerprint)}</code></p>`
      : `<section class="missing"><p>${texts.none}</p><p>${texts.noneHow}</p></section>`,
    pageUrl
      ? `<section class="code"><p>${texts.otherDevice}</p>${qrCode(pageUrl)}<p><a href="${escape(pageUrl)}">${escape(pageUrl)}</a></p></section>`
      : `<p class="quiet">${texts.thisMachineOnly}</p>`,
    ...(authority ? texts.devices.map(({ name, steps }) => `<h2>${escape(name)}</h2>${list('ol', steps.map(fill))}`) : []),
    secureUrl ? `<p>${texts.afterwards}</p><p><a class="button" href="${escape(secureUrl)}">${texts.open}</a><br>${escape(secureUrl)}</p>` : '',
  ]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${texts.title} · Giao ban</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/certificate/style.css">
</head>
<body><main>
${parts.filter(Boolean).join('\n')}
</main></body>
</html>
`
}

function qrCode(url: string): string {
  return `<figure role="img" aria-label="QR: ${escape(url)}">${renderSVG(url, { border: 2, pixelSize: 6 })}</figure>`
}

const list = (tag: 'ol' | 'ul', items: string[]) => `<${tag}>${items.map(item => `<li>${item}</li>`).join('')}</${tag}>`

const escape = (text: string) => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

export const certificateStyle = `
:root { --ground: #fbf8f3; --ink: #1d1916; --quiet: #5c544d; --accent: #9f1d35; --on-accent: #fff; --line: #ddd3c6; --notice: #f6ecdf; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #171412; --ink: #f3ede5; --quiet: #b9aea2; --accent: #f08a9b; --on-accent: #171412; --line: #40382f; --notice: #2a231d; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.25rem/1.6 "Be Vietnam Pro", system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
h1 { font-size: 2rem; line-height: 1.25; margin: 0.5rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.5rem; margin: 2.5rem 0 0.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
ol, ul { padding-left: 1.75rem; margin: 0.5rem 0; }
li { margin: 0.5rem 0; }
a { color: var(--accent); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 0.25rem; }
code { font-size: 1.125rem; overflow-wrap: anywhere; }
.languages { text-align: right; margin: 0; }
.languages a { display: inline-block; padding: 0.6rem 0.25rem; }
.button { display: inline-block; min-height: 3.25rem; padding: 0.6rem 1.5rem; border-radius: 0.75rem; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
.quiet { color: var(--quiet); font-size: 1.125rem; }
.missing { background: var(--notice); border-left: 0.3rem solid var(--accent); border-radius: 0.5rem; padding: 0.75rem 1.25rem; margin: 1.5rem 0; }
.missing p { margin: 0.25rem 0; }
.good { color: var(--quiet); }
figure { margin: 1rem 0; }
figure svg { display: block; width: 15rem; height: 15rem; border-radius: 0.5rem; }
`
