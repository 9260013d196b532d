/**
 * Every value that the plan reads, and where it is used. Lookup tables and scripts are known by what they serve,
 * so that a change to the table changes one variable and does not make another.
 */
import { destinationModule, moduleFor } from '../destinations/kinds.ts'
import { CARRIED } from '../destinations/carried.ts'
import { idOf, sendingsOf, type Sending } from '../destinations/sends.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import { optional } from '../plan/optional-field.ts'
import { conversionsOf, type Conversion, type Destination, type Plan } from '../plan/plan.ts'
import type { ParameterValue } from '../sources/build.ts'
import type { Condition } from '../sources/condition.ts'
import type { Serving } from '../sources/module.ts'
import { inputsOf } from '../sources/read-gtm.ts'
import type { Source } from '../sources/source.ts'
import { armedWhenOf, type Trigger } from '../triggers/trigger.ts'
import { userDataOf } from './user-data.ts'

export interface SourceUse extends Serving {
  readonly source: Source
  readonly at: Pointer
  /** The conversion that uses it; empty for what all events share. */
  readonly by: string
  readonly byWas?: string
}

/** All uses, inputs of tables before the tables. Uses of one label are in the order of the ids, not of the file. */
export function sourceUses(plan: Plan): SourceUse[] {
  const parameterWas = new Map(plan.parameters.map(({ name, definition }) => [name, definition.was]))
  const ofParameter = (name: string, source: Source, at: Pointer, by: string, byWas?: string): SourceUse => ({
    source,
    at,
    role: '',
    label: name,
    by,
    ...optional('labelWas', parameterWas.get(name)),
    ...optional('byWas', byWas),
  })
  const shared = byName([...plan.sharedParameters, ...plan.userProperties]).map((value) =>
    ofParameter(value.name, value.source, value.at, ''),
  )
  const field = (name: string, source: Source | undefined, at: Pointer, by: string): SourceUse[] =>
    source === undefined ? [] : [ofParameter(name, source, at, by)]
  const ofUserData = ({ name, source, at }: ParameterValue): SourceUse =>
    ofParameter(`user_data.${name}`, source, at, '')
  const ofSending = (conversion: Conversion, sending: Sending): SourceUse[] => {
    const { destination, carried, nameFrom, userData, parameters } = sending
    const { reads, userData: asked } = moduleFor(destination)
    const use = (label: string, source: Source, at = conversion.at): SourceUse =>
      ofParameter(label, source, at, conversion.id, conversion.was)
    return [
      ...CARRIED.flatMap((name) => (carried[name] === undefined ? [] : [use(name, carried[name])])),
      ...byName(parameters).map(({ name, source, at }) => use(name, source, at)),
      ...(asked === 'none' ? [] : (userData?.fields.map(ofUserData) ?? [])),
      ...reads({ conversion, carried, ...(nameFrom === undefined ? {} : { nameFrom }) }).map((source) =>
        use(source === nameFrom ? `${destination.id}_label` : labelOf(destination, source), source),
      ),
    ]
  }
  const ofPages = plan.destinations.flatMap(({ kind, userData }) =>
    destinationModule(kind).userData === 'fields'
      ? (plan.userData.find(({ id }) => id === userData)?.fields.map(ofUserData) ?? [])
      : [],
  )
  const own = conversionsOf(plan)
    .filter((conversion) => conversion.trigger !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((conversion) => {
      const { id } = conversion
      const conditions = conversion.trigger ? conditionsOf(conversion.trigger) : []
      return [
        ...[...byName(conversion.parameters), ...byName(conversion.userProperties)].map((value) =>
          ofParameter(value.name, value.source, value.at, id, conversion.was),
        ),
        ...field('measurement_id', conversion.measurementIdFrom, `${conversion.at}/measurementIdFrom`, id),
        ...field('event_name', conversion.eventFrom, `${conversion.at}/eventFrom`, id),
        ...(userDataOf(plan, conversion)?.fields.map(ofUserData) ??
          field('user_data', conversion.userData, `${conversion.at}/userData`, id)),
        ...sendingsOf(plan, conversion).flatMap((sending) => ofSending(conversion, sending)),
        ...conditions.map((condition): SourceUse => ({
          source: condition.subject,
          at: condition.at,
          role: '-when',
          label: id,
          by: id,
          ...optional('labelWas', conversion.was),
        })),
      ]
    })
  const ofDestinations = plan.destinations.flatMap(({ id, trigger, with: values }) => [
    ...byName(values).map(({ name, source, at }) => ofParameter(name, source, at, id)),
    ...(trigger === undefined ? [] : conditionsOf(trigger)).map(({ subject, at }): SourceUse => ({
      source: subject,
      at,
      role: '-when',
      label: id,
      by: id,
    })),
  ])
  return [
    ...field('measurement_id', plan.measurementIdFrom, '/measurementIdFrom', ''),
    ...shared,
    ...plan.destinations.flatMap((each) => field(`${each.id}_id`, idOf(each), each.at, '')),
    ...ofPages,
    ...own,
    ...ofDestinations,
  ].flatMap(withInputs)
}

/** Code of a vendor's is one variable for all of its accounts. */
function labelOf({ id, kind }: Destination, source: Source): string {
  return source.kind === 'javascript' && source.called !== undefined ? `${kind}.${source.called}` : id
}

/** The file's order must not show in where a shared variable is said to come from. */
function byName(values: readonly ParameterValue[]): ParameterValue[] {
  return [...values].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** All conditions of a trigger, at any depth. */
export function conditionsOf(trigger: Trigger): Condition[] {
  const inner = trigger.kind === 'any' || trigger.kind === 'all' ? trigger.triggers.flatMap(conditionsOf) : []
  return [...trigger.when, ...armedWhenOf(trigger), ...trigger.unless, ...inner]
}

function withInputs(use: SourceUse): SourceUse[] {
  const inputs = inputsOf(use.source).flatMap((source) => withInputs({ ...use, source, role: '-from' }))
  return [...inputs, use]
}
