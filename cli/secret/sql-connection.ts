const SCHEMES = ['postgres', 'mysql', 'sqlserver', 'azuresql'];
const ENCRYPTED = ['verify-full', 'verify-ca'];

/** What is wrong with how a SQL database is reached, and what to do about it. Neither shows any of the text: it holds a password. */
export interface ConnectionFault {
  readonly message: string;
  readonly remedy: string;
}

/** Judges how a node of v6 is to reach its SQL database; undefined when nothing is wrong. */
export function sqlConnectionFault(
  connection: string,
  environment: 'development' | 'production',
): ConnectionFault | undefined {
  const example = 'write it like postgres://nuts:<password>@sql.care.nl:5432/nuts?sslmode=verify-full';
  if (connection === '') return { message: 'nothing came from standard input', remedy: example };
  if (/\s/.test(connection))
    return { message: 'the connection has a space or a line break in it', remedy: example };
  const [scheme = ''] = connection.split('://', 1);
  if (!SCHEMES.includes(scheme) || scheme === connection)
    return {
      message: `the connection doesn't begin with one of ${SCHEMES.map((known) => `${known}://`).join(', ')}`,
      remedy: example,
    };
  if (scheme !== 'postgres') return undefined;
  if (!URL.canParse(connection))
    return {
      message: 'the connection is not a URL',
      remedy: `${example}, with the password's special characters written as %40 and the like`,
    };
  const mode = new URL(connection).searchParams.get('sslmode') ?? 'prefer';
  if (environment === 'production' && !ENCRYPTED.includes(mode))
    return {
      message: `sslmode=${mode} lets credentials travel unencrypted, or to anybody who answers`,
      remedy: 'end it with ?sslmode=verify-full',
    };
  return undefined;
}
