/**
 * The visitor's own data as Google's tags take them: a variable of the type User-Provided Data, whose fields read the page.
 * Keys as in every real container that has one.
 */
import { destinationModule } from '../destinations/kinds.ts'
import type { UserDataField } from '../destinations/module.ts'
import { sendingsOf } from '../destinations/sends.ts'
import { conversionsOf, type Conversion, type Plan, type UserData } from '../plan/plan.ts'
import type { Key } from '../resources/resource.ts'
import type { Text } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import { keyOf, type PlannedEntity } from './planned-entity.ts'
import { ofWholePlan } from './folders.ts'

export const GOOGLES_NAMES: { readonly [F in UserDataField]-?: string } = {
  email: 'email',
  phone: 'phone_number',
  firstName: 'first_name',
  lastName: 'last_name',
  street: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
}

export function userDataKey(plan: Plan, { id }: UserData): Key {
  return keyOf(plan, `user-data.${id}`, 'variable')
}

/** What GA4 gets with a conversion, where that is written in the plan and not a variable of somebody else's. */
export function userDataOf(plan: Plan, { userData }: Conversion): UserData | undefined {
  return userData?.kind === 'literal' ? plan.userData.find(({ id }) => id === userData.value) : undefined
}

/** One variable for each of the plan's `userData` that a tag of Google's sends. */
export function compileUserData(plan: Plan, textOf: (source: Source) => Text): PlannedEntity[] {
  const used = new Set(
    conversionsOf(plan)
      .filter(({ trigger }) => trigger !== undefined)
      .flatMap((conversion) => [
        userDataOf(plan, conversion)?.id,
        ...sendingsOf(plan, conversion)
          .filter(({ destination }) => destinationModule(destination.kind).userData === 'variable')
          .map(({ userData }) => userData?.id),
      ]),
  )
  return plan.userData
    .filter(({ id }) => used.has(id))
    .map((userData) => ({
      kind: 'gtm/variable',
      template: 'variables/user-data',
      key: userDataKey(plan, userData),
      naming: {
        pattern: plan.naming.variable ?? '{kind} - {source}',
        values: { kind: 'User Data', source: userData.id, plan: plan.id },
        id: plan.id,
      },
      ...ofWholePlan(plan, userData.at),
      values: {
        fields: userData.fields.map(({ name, source }) => ({
          name: GOOGLES_NAMES[name as UserDataField],
          value: textOf(source),
        })),
      },
    }))
}
