/** Takes credentials out of any text that people or logs may see. */

// What Google's credentials look like wherever they come from: access and refresh tokens, signed tokens, keys, and
// anything that stands behind a telling name.
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bya29\.[\w.-]+/g,
  /\b1\/\/[\w-]{10,}/g,
  /\bGOCSPX-[\w-]+/g,
  /\bAIza[\w-]{20,}/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\bBearer\s+[^\s"',;]+/gi,
  /(?<=\b(access_token|refresh_token|id_token|client_secret|private_key|assertion|api_key)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
  /(?<=[?&](key|token)=)[^\s"'&#]+/gi,
]

/** Shorter ones would blot out ordinary words, and no real credential is as short. */
const SHORTEST = 8

/** The text with every known secret, and all that looks like one, replaced by `[hidden]`. */
export function hideSecrets(said: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length)
  const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), said)
  return PATTERNS.reduce((rest, pattern) => rest.replace(pattern, '[hidden]'), hidden)
}
