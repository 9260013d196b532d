import { entityFilesOf } from '../../../plan/entities.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const conversionsOfGoogleAdsHaveALinker = rule({
  code: 'conversions-of-google-ads-have-a-linker',
  severity: 'warning',
  profile: 'recommended',
  title: 'Where conversions go to Google Ads, a conversion linker keeps the click.',
  reason:
    "Without one the click's id is lost with the landing page, and a conversion on any later page belongs to no ad.",
  fix: 'remove `loader: existing`, or take the linker of the container in under `entities`; ignore this where the site itself loads the Google tag of this account.',
  source: 'https://support.google.com/tagmanager/answer/7549390',
  *check({ plan }) {
    const taken = entityFilesOf(plan).flatMap(({ lists }) => lists.tag)
    if (taken.some(({ fields }) => fields.type === 'gclidw')) return
    const accounts = Object.entries(plan.destinations ?? {}).filter(([, { kind }]) => kind === 'googleAds')
    // One linker serves all accounts.
    if (accounts.some(([, { loader }]) => loader !== 'existing')) return
    for (const [name] of accounts)
      yield {
        at: pointerOf('destinations', name, 'loader'),
        message: `The plan makes no conversion linker for ${quoted(name)}, and none is known to be there.`,
      }
  },
})
