import { rule } from '../../rule.ts'
import { htmlLines } from '../../html-lines.ts'
import { quoted } from '../../schema/words.ts'

export const htmlAsksBeforeItCalls = rule({
  code: 'html-asks-before-it-calls',
  severity: 'warning',
  profile: 'recommended',
  title: "A plan's own HTML calls a vendor's function only where it is there.",
  reason:
    'A blocker, missing consent or another order of tags leaves the vendor out, and the call throws: what stands behind it does not run.',
  fix: 'ask first: `window.fbq && fbq(…)`.',
  source: 'The vendors’ snippets: each of them defines its function before it calls it.',
  *check(places) {
    for (const { id, at, code, whole } of htmlLines(places)) {
      const called = new Set([...code.replace(TEXT, '""').matchAll(CALL)].map(([, name = '']) => name))
      for (const name of called) {
        if (isAskedFor(name, whole)) continue
        yield {
          at,
          message: `The HTML of ${quoted(id)} calls ${name} without asking whether it is there.`,
          fix: `write \`window.${name} && …\` before it.`,
        }
      }
    }
  },
})

/** Functions of vendors that other tags load, by themselves or as the window's; of anything else they are another's. */
const CALL =
  /(?<![\w$])(?<!(?<!\bwindow)\.)(fbq|lintrk|hj|pintrk|snaptr|twq|clarity|rdt|ym|_paq|_hsq|uetq|ttq|mixpanel|amplitude|posthog|Intercom)(?:\.\w+)?\s*\(/g

/** What only tells of a call. */
const TEXT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g

/** Whether the code tests or defines it somewhere. */
function isAskedFor(name: string, code: string): boolean {
  return new RegExp(
    `window\\.${name}\\b(?!\\s*(\\.\\w+\\s*)?\\()|function\\s+${name}\\b|window\\[["']${name}|typeof\\s+${name}\\b|\\b${name}\\s*(&&|\\|\\||=[^=])`,
  ).test(code)
}
