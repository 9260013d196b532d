import { rule } from '../../rule.ts'
import { EEA } from '../../../facts/regions.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { regionOf } from '../../../plan/markets.ts'

export const europeDeniesByDefault = rule({
  code: 'europe-denies-by-default',
  severity: 'error',
  profile: 'minimal',
  title: 'For visitors from Europe, consent is denied until it is given.',
  reason: 'In the EEA, the United Kingdom and Switzerland consent has to be given before data are stored.',
  fix: 'set the default to denied, and let the consent banner grant it.',
  source: 'https://developers.google.com/tag-platform/security/guides/consent',
  catalogue: ['L-C01'],
  *check(places) {
    for (const [region, said] of Object.entries(places.plan.consentRegions ?? {})) {
      if (!DENIED_FIRST.has(region.replace(/-.*$/, ''))) continue
      const granted = (typeof said === 'string' ? [['', said] as const] : Object.entries(said)).filter(
        ([type, state]) => state === 'granted' && !NOT_ASKED_FOR.includes(type),
      )
      for (const [type] of granted)
        yield {
          at: pointerOf('consentRegions', region, ...(type === '' ? [] : [type])),
          message: `${type === '' ? 'Everything' : type} is granted before visitors from ${region} have chosen.`,
        }
    }
    for (const { id, at, market } of places.markets) {
      const region = regionOf(id)
      if (region !== undefined && market.consent === 'granted' && DENIED_FIRST.has(region))
        yield {
          at: `${at}/consent`,
          message: `Everything is granted before visitors from ${region} have chosen.`,
        }
    }
    const hosts = [
      ...(places.plan.site?.hosts ?? []),
      ...places.environments.flatMap(({ environment }) => environment.hosts ?? []),
    ]
    const european =
      places.plan.timezone?.startsWith('Europe/') === true || hosts.some((host) => EUROPE.test(host))
    if (!european) return
    for (const [type, state] of Object.entries(places.plan.consent?.defaults ?? {})) {
      if (state === 'granted' && !NOT_ASKED_FOR.includes(type))
        yield {
          at: pointerOf('consent', 'defaults', type),
          message: `${type} is granted before the visitor has chosen, on a site in Europe.`,
        }
    }
    if (places.plan.consent?.mode === 'none')
      yield {
        at: '/consent/mode',
        message: 'The site is in Europe, but its tags do not heed consent.',
        fix: 'write advanced or basic.',
      }
  },
})

const NOT_ASKED_FOR = ['security_storage', 'functionality_storage']
const DENIED_FIRST = new Set([...EEA, 'EEA', 'GB', 'CH'])

const EUROPE =
  /\.(at|be|bg|ch|cy|cz|de|dk|ee|es|eu|fi|fr|gr|hr|hu|ie|is|it|li|lt|lu|lv|mt|nl|no|pl|pt|ro|se|si|sk|uk)$/
