/** Carries out what the core decided: hits leave, HTML goes into the page, pictures are asked for. */
import type { Hit } from '../core/hit.ts'
import { textOf } from '../core/value.ts'

/**
 * One event, as a beacon: it leaves also while the page unloads. The tag's id and what of the hit is not known travel
 * along, for the one who catches it.
 */
export function sendHit(
  { to, query, tag, open }: Hit,
  { load, run }: { readonly load: string; readonly run: string },
): void {
  const search = new URLSearchParams()
  for (const [key, value] of query) search.append(key, value)
  search.append('_p', load)
  search.append('plan.tag', tag)
  search.append('plan.run', run)
  if (Object.keys(open).length > 0) search.append('plan.open', JSON.stringify(open))
  navigator.sendBeacon(`${to}?${search.toString()}`)
}

export function askForImage(url: string): void {
  new Image().src = url
}

/**
 * A Custom HTML tag at the end of the page. A script in a text of HTML does not run by itself: each is made anew, in order.
 */
export function insertHtml(html: string, values: ReadonlyMap<string, unknown>): void {
  // In the head there is no body yet; GTM waits for it, too, and does not wait for DOM Ready.
  if ((document.body as HTMLElement | null) === null) {
    document.addEventListener('readystatechange', () => insertHtml(html, values), { once: true })
    return
  }
  const holder = document.createElement('div')
  holder.innerHTML = filled(html, values)
  const scripts = [...holder.querySelectorAll('script')]
  document.body.append(...holder.childNodes)
  for (const script of scripts) {
    const own = document.createElement('script')
    for (const { name, value } of script.attributes) own.setAttribute(name, value)
    own.text = script.text
    script.replaceWith(own)
  }
}

/** A reference inside quotes becomes text of that string, elsewhere a value of the script. */
function filled(html: string, values: ReadonlyMap<string, unknown>): string {
  return html.replaceAll(/(["'])?\{\{([^{}]+)\}\}/g, (_, quote: string | undefined, name: string) => {
    const value = values.get(name)
    if (quote === undefined) return jsonOf(value)
    return quote + jsonOf(value === undefined || value === null ? '' : textOf(value)).slice(1, -1)
  })
}

function jsonOf(value: unknown): string {
  return ((JSON.stringify(value) as string | undefined) ?? 'undefined').replaceAll('<', '\\u003c')
}
