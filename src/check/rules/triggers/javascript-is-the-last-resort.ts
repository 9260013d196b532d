import { rule } from '../../rule.ts'

export const javascriptIsTheLastResort = rule({
  code: 'javascript-is-the-last-resort',
  severity: 'warning',
  profile: 'recommended',
  title: 'A value comes from the data layer or a table rather than from JavaScript.',
  reason: 'Custom JavaScript needs unsafe-eval, escapes review and fails unseen.',
  fix: 'let the site push the value, or use element, cookie, url, lookup or match. If there is no other way, say so under `ignore`.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  catalogue: ['L-T21'],
  *check(places) {
    const said = new Set<string>()
    for (const { at, source, kind } of places.sources) {
      if (kind !== 'javascript' || typeof source !== 'object' || said.has(source.javascript ?? '')) continue
      said.add(source.javascript ?? '')
      yield { at: `${at}/javascript`, about: 'key', message: 'The value is computed by custom JavaScript.' }
    }
  },
})
