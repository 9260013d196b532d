import { rule, type Finding } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { TOGGLE_WORDS, DOWNLOAD_TYPES } from '../../../facts/events.ts'

export const enhancedMeasurementDoesNotCountItToo = rule({
  code: 'enhanced-measurement-does-not-count-it-too',
  severity: 'error',
  profile: 'minimal',
  title: 'A tag does not count what enhanced measurement counts under another name as a key number.',
  reason: 'Two events for one action: whoever adds them up counts double.',
  fix: "switch it off in GA4's data stream and in the plan, or use GA4's event with `collectedBy: enhanced_measurement`.",
  source: 'https://support.google.com/analytics/answer/9216061',
  catalogue: ['L-T10'],
  *check(places) {
    const em = places.plan.enhancedMeasurement ?? {}
    for (const { id, triggers, tagged } of places.conversions) {
      if (!tagged) continue
      for (const { at, kind, trigger, when } of triggers) {
        const both = (toggle: keyof typeof TOGGLE_WORDS): Finding => ({
          at: `${at}/${kind}`,
          about: 'key',
          message: `${quoted(id)} and enhanced measurement (${TOGGLE_WORDS[toggle]}) count the same action.`,
        })
        if (kind === 'scroll' && em.scrolls === true && trigger.scroll?.percent.includes(90) === true)
          yield both('scrolls')
        if (kind === 'video' && em.videos === true) yield both('videos')
        if (kind === 'form' && em.forms === true) yield { ...both('forms'), severity: 'warning' }
        if (kind !== 'link' || em.fileDownloads !== true) continue
        const patterns = [
          trigger.link?.selector ?? '',
          ...when
            .filter(({ subject, detail }) => subject === 'click' && detail === 'url')
            .map(({ test }) => String(test.matches ?? test.endsWith ?? test.contains ?? '')),
        ]
        const downloads = patterns.some((pattern) =>
          DOWNLOAD_TYPES.some((type) => new RegExp(`\\.\\(?([a-z|]*\\|)?${type}\\b`, 'i').test(pattern)),
        )
        if (downloads) yield both('fileDownloads')
      }
    }
  },
})
