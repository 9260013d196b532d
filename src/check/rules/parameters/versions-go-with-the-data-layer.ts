import { rule } from '../../rule.ts'

export const versionsGoWithTheDataLayer = rule({
  code: 'versions-go-with-the-data-layer',
  severity: 'error',
  profile: 'always',
  title: '`version` goes with dataLayer only.',
  reason: "Only GTM's data layer variable has a version; elsewhere it would be lost without notice.",
  fix: 'remove `version`.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  *check(places) {
    for (const { at, source, kind } of places.sources) {
      if (
        typeof source !== 'object' ||
        source.version === undefined ||
        kind === 'dataLayer' ||
        kind === 'none'
      )
        continue
      yield { at: `${at}/version`, about: 'key', message: `A value from ${kind} has no version.` }
    }
  },
})
