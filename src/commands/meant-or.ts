/** What to do about a name that there is not: take the one that was most likely meant, else what helps otherwise. */
export function meantOr(otherwise: string, meant: string | undefined): string {
  return meant === undefined ? otherwise : `Did you mean ${meant}?`
}
