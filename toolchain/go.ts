import { ask } from './command';
import { missing, ok, type Requirement } from './requirement';
import { ToolchainError } from './toolchain-error';
import { isAtLeast, parseVersion } from './versions';

/** From 1.21 on, Go fetches the newer release that a go.mod file asks for by itself. */
const MINIMUM = '1.21';
const REMEDY = `install Go ${MINIMUM} or newer (https://go.dev/doc/install) and put it on PATH; it is only used to build what can't be downloaded.`;

export const go: Requirement = {
  name: 'Go (to build what can’t be downloaded)',

  async inspect() {
    const answer = await ask('go', ['version']);
    const version = parseVersion(answer.output);
    if (!answer.ok || version === undefined) return missing(this.name, 'not on PATH', REMEDY);
    if (!isAtLeast(version, MINIMUM))
      return missing(this.name, `${version} is older than ${MINIMUM}`, REMEDY);
    return ok(this.name, version);
  },

  async install() {
    const finding = await this.inspect();
    if (finding.state === 'ok') return;
    throw new ToolchainError({ what: 'Go is needed.', why: finding.detail, remedy: REMEDY });
  },
};
