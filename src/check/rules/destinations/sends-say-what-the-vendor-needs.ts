import { pointerOf } from '../../../plan/diagnostic.ts'
import { destinationKinds, destinationModule } from '../../../destinations/kinds.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const sendsSayWhatTheVendorNeeds = rule({
  code: 'sends-say-what-the-vendor-needs',
  severity: 'error',
  profile: 'always',
  title: 'Where a vendor gives every conversion an id of its own, `send` says it.',
  reason: 'Without it the tag would report something that the vendor has no name for.',
  fix: "write the id that the vendor's page shows for this conversion.",
  source: 'The plan language',
  *check(places) {
    const destinations = places.plan.destinations ?? {}
    for (const { id, at, tier, tagged, data } of places.conversions) {
      for (const [to, { kind, sends }] of Object.entries(destinations)) {
        const { title, says } = destinationModule(kind)
        const sent = data.send?.[to]
        if (says === 'nothing' && typeof sent !== 'boolean' && sent !== undefined)
          yield {
            at: at + pointerOf('send', to),
            message: `${quoted(to)} runs as it is: it hears no name and no values of ${quoted(id)}.`,
            fix: `write \`${to}: true\`.`,
          }
        const isMap = typeof sent === 'object'
        const said = isMap ? sent.as : sent
        if (says === 'a name' && typeof said === 'string' && /^\d+$/.test(said))
          yield {
            at: at + pointerOf('send', to, ...(isMap ? ['as'] : [])),
            message: `${quoted(said)} is no name of an event: ${title} knows none by a number alone.`,
            fix: `write \`true\` for ${title}'s own name, or a name; a number is what LinkedIn gives a conversion.`,
          }
        else if (says === 'a name' && typeof said === 'string' && isLabel(said))
          yield {
            at: at + pointerOf('send', to, ...(isMap ? ['as'] : [])),
            message: `${quoted(said)} is no name of an event at ${title}: that looks like a label of Google Ads.`,
            fix: `write \`true\` for ${title}'s own name, or a name.`,
          }
        if (typeof says === 'string') continue
        const isGoal = sends === 'goals' && tier === 'goal' && tagged && sent === undefined
        // The visitor's own data may go alone.
        if (said === true || isGoal || (isMap && said === undefined && sent.userData === undefined))
          yield {
            at: isGoal ? at : at + pointerOf('send', to),
            about: isGoal || isMap ? 'key' : 'value',
            message: `${quoted(id)} goes to ${title}, and does not say what ${title} calls it.`,
            fix: `write \`send: { ${to}: "${says.example}" }\` with the id that ${title} shows for this conversion.`,
            absent: 'send',
          }
        else if (typeof said === 'string' && (!says.pattern.test(said) || isNameOfAVendor(said)))
          yield {
            at: at + pointerOf('send', to, ...(isMap ? ['as'] : [])),
            message: `${quoted(said)} is no conversion of ${title}: those look like ${quoted(says.example)}.`,
          }
      }
    }
  },
})

/** A word that a vendor has for an event looks like a label, and is none. */
function isNameOfAVendor(said: string): boolean {
  return destinationKinds().some((kind) => Object.values(destinationModule(kind).names).includes(said))
}

/** Google Ads draws its labels at random: letters, both large and small, and digits, without a word among them. */
function isLabel(said: string): boolean {
  return (
    /^AW-\d+\//.test(said) ||
    (/^[\w-]{16,24}$/.test(said) &&
      [/[a-z]/, /[A-Z]/, /\d/].every((letters) => letters.test(said)) &&
      !/[a-z]{4}/.test(said))
  )
}
