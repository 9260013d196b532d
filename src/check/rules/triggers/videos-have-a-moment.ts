import { rule } from '../../rule.ts'

export const videosHaveAMoment = rule({
  code: 'videos-have-a-moment',
  severity: 'error',
  profile: 'always',
  title: 'A video trigger says at which moment it fires.',
  reason: 'With every moment switched off it never fires.',
  fix: 'set start or complete to true, or add percent.',
  source: 'https://support.google.com/tagmanager/answer/7679324',
  *check(places) {
    for (const conversion of places.conversions) {
      for (const { at, trigger } of conversion.triggers) {
        const { video } = trigger
        if (video === undefined || video.percent !== undefined) continue
        if (video.start !== true && video.complete !== true && video.pause !== true)
          yield {
            at: `${at}/video`,
            about: 'key',
            absent: '*',
            message: 'The video trigger has every moment switched off.',
          }
      }
    }
  },
})
