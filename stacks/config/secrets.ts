const HIDDEN = '(hidden)';
const LONGEST_SHOWN = 80;

const SECRET_KEY =
  /pass(word|phrase|wd)?$|token|secret|credential|conn_?str|connection_?string|(access|private|api)_?key/i;

const SECRET_VALUES = [
  /PRIVATE KEY/,
  // Vault's tokens, of now and of before 1.10
  /\bhv[sbr]\./,
  /\b[sbr]\.[A-Za-z0-9]{24}/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[a-z]_[A-Za-z0-9]{20}/,
  // a JSON Web Token
  /\beyJ[\w-]+\.eyJ/,
  // a password in a URL
  /:\/\/[^/\s]*@/,
  /[0-9a-f]{32}/i,
];
const LONG_WORD = /[A-Za-z0-9+/_-]{24,}/g;
const DIGEST = /sha256:[0-9a-f]{64}/g;

/** Says whether a key's name announces a secret, such as `password` or `connStr`. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

/** Says whether a text may be a secret: what CI prints can be read by many, so a doubt counts as a yes. */
export function looksSecret(text: string): boolean {
  const rest = text.replace(DIGEST, '');
  return SECRET_VALUES.some((pattern) => pattern.test(rest)) || (rest.match(LONG_WORD) ?? []).some(isRandom);
}

/** A value as it may be printed; undefined for what isn't one value. */
export function shown(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  if (looksSecret(value)) return HIDDEN;
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
}

/** A key as it may be printed. */
export function shownKey(path: readonly PropertyKey[]): string {
  return path
    .map(String)
    .map((part) => (looksSecret(part) ? HIDDEN : part))
    .join('.');
}

/** What to do with a secret that was written in the configuration. */
export function secretRemedy(path: readonly PropertyKey[]): string | undefined {
  const key = String(path.at(-1));
  if (path[0] === 'backend' && (isSecretKey(key) || /^user(name)?$/i.test(key)))
    return 'take it out, and set PG_CONN_STR (pg), AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (s3), or TF_HTTP_USERNAME and TF_HTTP_PASSWORD (http) in the environment';
  if (!isSecretKey(key)) return undefined;
  if (path[0] === 'vault') return 'take it out, and set VAULT_TOKEN in the environment of whoever applies';
  return 'take it out, and change it when the file was shared: secrets are made in Vault and read at run time';
}

// Words and paths seldom mix capitals, small letters and digits; 24 characters of base64 nearly always do.
function isRandom(word: string): boolean {
  return [/[A-Z]/, /[a-z]/, /[0-9]/].every((kind) => kind.test(word));
}
