/** What the core reads, answered by the page it runs in. */
import type { Page } from '../core/page.ts'

/** A Custom JavaScript variable: its code, compiled into the script as GTM does, with references as calls. */
export type Script = (read: (variable: string) => unknown) => unknown

/** @param scripts the container's Custom JavaScript variables by their source text */
export function domPage(scripts: ReadonlyMap<string, Script>): Page {
  return {
    url: () => location.href,
    referrer: () => document.referrer,
    title: () => document.title,
    cookie: (name) => {
      const found = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`))
      return found?.slice(name.length + 1)
    },
    global: (path) =>
      path
        .split('.')
        .reduce<unknown>(
          (value, key) => (value === undefined || value === null ? undefined : value[key as never]),
          window,
        ),
    matches: (element, selector) => {
      if (!(element instanceof Element)) return false
      try {
        return element.matches(selector)
      } catch {
        return false
      }
    },
    text: (element) => (element instanceof Element ? textOf(element) : undefined),
    attribute: (element, name) => (element instanceof Element ? element.getAttribute(name) : null),
    find: (by) => {
      if ('id' in by) return document.getElementById(by.id)
      try {
        return document.querySelector(by.selector)
      } catch {
        return null
      }
    },
    // One that throws gave undefined (GTM-RUNTIME 12).
    script: (code, read) => {
      try {
        return scripts.get(code)?.(read)
      } catch {
        return undefined
      }
    },
    random: () => Math.random(),
  }
}

/** The visible text, blanks and breaks as one blank (GTM-RUNTIME 6). */
export function textOf(element: Element): string {
  const visible = element instanceof HTMLElement ? element.innerText : ''
  return (visible || (element.textContent ?? '')).replaceAll(/\s+/g, ' ').trim()
}

/** What click, link, form and visibility events say of their element (GTM-RUNTIME 5.1). */
export function elementKeys(element: Element): { readonly [key: string]: unknown } {
  const attribute = (...names: readonly string[]): string | undefined =>
    names.map((name) => element.getAttribute(name)).find((value) => value !== null) ?? undefined
  // By attribute: a field named "action" hides the property of its form.
  const url = attribute('formaction', 'action', 'href', 'src')
  const isUrl = url !== undefined && URL.canParse(url, document.baseURI)
  return {
    'gtm.element': element,
    'gtm.elementClasses': attribute('class') ?? '',
    'gtm.elementId': attribute('for', 'id') ?? '',
    'gtm.elementTarget': attribute('formtarget', 'target') ?? '',
    'gtm.elementUrl': isUrl ? new URL(url, document.baseURI).href : '',
  }
}
