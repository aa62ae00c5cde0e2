// Runs before `npm run up` and `npm test`, on a fresh clone before anything is installed: plain Node, no dependencies.
const { execFileSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const installed = join(root, 'node_modules', '.package-lock.json');
const wanted = join(root, 'package-lock.json');
const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: 'inherit' });

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs) {
  console.log('Installing npm dependencies (about half a minute, once) ...');
  // Not `npm ci`: the lock file can't name binaries of platforms that the registry it was made from doesn't serve, and `ci` demands
  // them all. This takes the locked versions too, and leaves the lock file as it is.
  npm('install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error');
}
npm('run', '--silent', 'build');
