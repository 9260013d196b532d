/** Where a conversion goes beside GA4, under which name, and with what. */
import type { Conversion, Destination, Plan, UserData } from '../plan/plan.ts'
import type { ParameterValue } from '../sources/build.ts'
import type { Source } from '../sources/source.ts'
import { CARRIED, carriedBy, type Carried } from './carried.ts'
import { destinationModule, moduleFor, type DestinationKind } from './kinds.ts'
import type { DestinationModule } from './module.ts'

export interface Sending {
  readonly destination: Destination
  /** What the vendor knows the conversion by. Empty where only the visitor's own data go. */
  readonly name: string
  /** The same where a market has a name of its own for it. */
  readonly nameFrom?: Source
  /** Of what the conversion has, what the vendor's tags carry. */
  readonly carried: Carried
  readonly userData?: UserData
  /** What `send` says beyond that, in the vendor's words. */
  readonly parameters: readonly ParameterValue[]
}

/** In the order of the plan's destinations. What no tag of the plan collects goes nowhere. */
export function sendingsOf(plan: Plan, conversion: Conversion): readonly Sending[] {
  if (conversion.trigger === undefined) return []
  return plan.destinations.flatMap((destination): Sending[] => {
    const isGoal = destination.sends === 'goals' && conversion.tier === 'goal'
    const said = conversion.send[destination.id] ?? (isGoal ? { parameters: [] } : false)
    if (said === false) return []
    const module = moduleFor(destination)
    const { carries, oneId } = module
    const carried = carriedBy(plan, conversion, said)
    const userData = plan.userData.find(({ id }) => id === (said.userData ?? destination.userData))
    const name = said.as ?? usualName(module, conversion.event ?? conversion.id)
    const isAlone = name === '' && userData !== undefined
    return [
      {
        destination,
        name,
        ...(said.asFrom === undefined ? {} : { nameFrom: said.asFrom }),
        carried: Object.fromEntries(
          CARRIED.filter((name) => !isAlone && carries.includes(name)).flatMap((name) =>
            carried[name] === undefined || (name === 'eventId' && oneId === true && carried.transactionId)
              ? []
              : [[name, carried[name]]],
          ),
        ),
        ...(userData === undefined ? {} : { userData }),
        parameters: isAlone ? [] : said.parameters,
      },
    ]
  })
}

/**
 * What a vendor knows an event of GA4 by unless the plan says otherwise. One that gives each conversion an id of its own has no
 * name for what does not say it: empty.
 */
export function usualName(
  { names, unnamed, says }: Pick<DestinationModule<DestinationKind>, 'names' | 'unnamed' | 'says'>,
  event: string,
): string {
  return says === 'a name' ? (names[event] ?? unnamed ?? event) : ''
}

/** The id at the vendor as its tags say it; where a market has another, a table of them. */
export function idOf({ kind, vendorId, vendorIdFrom }: Destination): Source {
  const { idInTags = (id: string) => id } = destinationModule(kind)
  const said = (source: Source): Source =>
    source.kind === 'literal'
      ? { kind: 'literal', value: idInTags(String(source.value)) }
      : source.kind === 'lookup'
        ? {
            ...source,
            rows: source.rows.map(({ key, value }) => ({ key, value: said(value) })),
            ...(source.default === undefined ? {} : { default: said(source.default) }),
          }
        : source
  return said(vendorIdFrom ?? { kind: 'literal', value: vendorId })
}
