/** Letters of the scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u

/** As a browser decides it for `dir="auto"`: by the first letter. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const letter = /\p{Letter}/u.exec(text)?.[0] ?? ''
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}
