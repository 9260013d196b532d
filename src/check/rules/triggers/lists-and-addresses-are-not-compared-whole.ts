import { rule } from '../../rule.ts'

export const listsAndAddressesAreNotComparedWhole = rule({
  code: 'lists-and-addresses-are-not-compared-whole',
  severity: 'warning',
  profile: 'recommended',
  title: 'Class lists and whole addresses are not compared with equals.',
  reason:
    'GTM compares the whole value: one more class, a query or a trailing slash, and it no longer matches.',
  fix: 'use contains or css for classes, and path with startsWith for addresses.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  catalogue: ['L-T08'],
  *check(places) {
    for (const { subject, detail, test, testAt } of places.conditions) {
      if (test.equals === undefined) continue
      const what =
        subject === 'url'
          ? 'the whole address'
          : detail === 'classes'
            ? 'the whole list of classes'
            : subject === 'click' && detail === 'url' && !/^(tel|mailto):/.test(String(test.equals))
              ? 'the whole address of the link'
              : undefined
      if (what !== undefined)
        yield { at: `${testAt}/equals`, about: 'key', message: `equals compares ${what}.` }
    }
  },
})
