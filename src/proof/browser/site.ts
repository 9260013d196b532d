/** The pages of a run: generated ones, a folder of files, or the team's own server behind its real address. */
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { escaped, htmlOf, PAGE_HEIGHT } from '../fixture.ts'
import type { Pushed, Scenario } from '../scenario.ts'
import type { Answer, Asked } from './local-world.ts'

export type Site =
  | { readonly kind: 'url'; readonly url: string }
  /** `isApp`: an app of one page, whose index.html answers for every route. */
  | { readonly kind: 'dir'; readonly dir: string; readonly isApp: boolean }

/** What is seen while the site answers, and said when the run ends. */
export interface SiteWatch {
  readonly note: (text: string) => void
  /** A page was answered, with the snippet of its own or without. */
  readonly page: (path: string, hasSnippet: boolean) => void
}

/** GTM's snippet, as Google gives it out, in effect. */
export function snippet(container: string): string {
  return `<script>(function(w,d){w.dataLayer=w.dataLayer||[];w.dataLayer.push({'gtm.start':new Date().getTime(),event:'gtm.js'});var s=d.createElement('script');s.async=true;s.src='https://www.googletagmanager.com/gtm.js?id=${container}';d.head.appendChild(s)})(window,document)</script>`
}

/** A generated page: what is pushed before the snippet, the snippet, the elements that the scenario needs. */
export function generatedPage({ page, title }: Scenario, container: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}
${page.before.map((each) => `${pushCode(each)};`).join('\n')}</script>
${snippet(container)}
</head><body style="margin:0;display:flow-root;min-height:${page.height ?? PAGE_HEIGHT}px">
<p>A page made by plan test.</p>
${htmlOf(page.elements ?? [])}
</body></html>`
}

/** The code that pushes it. */
export function pushCode(pushed: Pushed): string {
  if ('message' in pushed) return `dataLayer.push(${scriptJson(pushed.message)})`
  const args = pushed.gtag.map(scriptJson).join(',')
  return `(function(){(window.dataLayer=window.dataLayer||[]).push(arguments)})(${args})`
}

function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** What the team's own site answers; a page without the snippet gets it, and `watch` hears of it. */
export async function siteAnswer(
  site: Site,
  asked: Asked,
  container: string,
  watch: SiteWatch,
): Promise<Answer> {
  const answer = site.kind === 'dir' ? await fromFolder(site, asked) : await fromServer(site.url, asked)
  const type = String(answer.headers['content-type'] ?? '')
  if (!type.includes('text/html') || answer.status >= 300) return answer
  // Byte by byte, whatever it is written in: the snippet is ASCII, and what it is put into stays as it was.
  const html = Buffer.from(answer.body).toString('latin1')
  const path = asked.url.pathname
  const loads = /googletagmanager\.com\/gtm\.js|GTM-[A-Z0-9]+/.exec(html)
  watch.page(path, loads !== null)
  if (loads !== null) {
    const other = /GTM-[A-Z0-9]+/.exec(html)?.[0]
    if (other !== undefined && other !== container)
      watch.note(`The site loads ${other}; it was given the plan’s ${container} instead.`)
    return answer
  }
  // A page that begins its data layer anew would throw away what the snippet has pushed.
  const begun = /\bdataLayer\s*=\s*\[[^]*?<\/script\s*>/i.exec(html)
  const at = begun === null ? headOf(html) : begun.index + begun[0].length
  return {
    ...answer,
    body: Buffer.from(`${html.slice(0, at)}${snippet(container)}${html.slice(at)}`, 'latin1'),
  }
}

/** Where a page's head begins: after its tag, else after what stands before one. A comment holds no tags. */
function headOf(html: string): number {
  let at = 0
  for (const { 0: text, index } of html.matchAll(/<!--[\s\S]*?(?:-->|$)|<[!a-z][^>]*>/gi)) {
    if (text.startsWith('<!--')) continue
    if (!/^<(?:!doctype|html|head)[\s>/]/i.test(text)) break
    at = index + text.length
  }
  return at
}

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** The note about pages that lacked the snippet; undefined where none did. */
export function snippetNote(pages: ReadonlyMap<string, boolean>): string | undefined {
  const without = [...pages].flatMap(([path, hasSnippet]) => (hasSnippet ? [] : [path])).sort()
  if (without.length === 0) return undefined
  if (without.length === pages.size)
    return 'The site has no GTM snippet; it was put into the head of its pages.'
  const more = without.length > 5 ? ` and ${without.length - 5} more` : ''
  return `Pages without the GTM snippet, which other pages have: ${without.slice(0, 5).join(', ')}${more}; it was put into their heads.`
}

/** A file of the folder; a path without one is its index.html, and for an app of one page the folder's own. */
async function fromFolder({ dir, isApp }: Site & { readonly kind: 'dir' }, { url }: Asked): Promise<Answer> {
  const path = normalize(decoded(url.pathname))
  const inside = path.includes('..') ? '/' : path
  for (const candidate of [
    inside,
    `${inside}.html`,
    join(inside, 'index.html'),
    ...(isApp && extname(inside) === '' ? ['/index.html'] : []),
  ]) {
    const file = join(dir, candidate)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() !== true) continue
    const body = await readFile(file)
    return { status: 200, headers: { 'content-type': typeOf(file, body) }, body }
  }
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: `There is no ${path} in ${dir}.` }
}

/** A page that names its own encoding keeps it, as from servers that name none; the others are UTF-8. */
function typeOf(file: string, body: Buffer): string {
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  const names = type === 'text/html' && /<meta[^>]+charset/i.test(body.toString('latin1', 0, 1024))
  return type === 'text/html' && !names ? `${type}; charset=utf-8` : type
}

/** A lone percent sign stands for itself, as servers of files take it. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The team's own server, asked for the same path; redirects stay the browser's business. */
async function fromServer(base: string, { method, url, body, headers, signal }: Asked): Promise<Answer> {
  const target = new URL(url.pathname + url.search, base)
  const passed = Object.entries(headers).filter(
    ([name]) => !['host', 'connection', 'accept-encoding', 'content-length'].includes(name),
  ) as [string, string][]
  const response = await fetch(target, {
    method,
    headers: passed,
    redirect: 'manual',
    ...(signal === undefined ? {} : { signal }),
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  }).catch((error: unknown) => {
    const { cause } = error as { readonly cause?: { readonly code?: string } }
    throw new Error(`the site ${base} does not answer${cause?.code === undefined ? '' : ` (${cause.code})`}`)
  })
  const kept = [...response.headers].filter(
    ([name]) =>
      !['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'set-cookie'].includes(name),
  )
  const cookies = response.headers.getSetCookie()
  const location = response.headers.get('location')
  return {
    status: response.status,
    headers: {
      ...Object.fromEntries(kept),
      // The only header that comes several times and cannot be joined (RFC 6265, section 3).
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
      ...(location === null
        ? {}
        : { location: new URL(location, target).href.replace(new URL(base).origin, url.origin) }),
    },
    body: Buffer.from(await response.arrayBuffer()),
  }
}
