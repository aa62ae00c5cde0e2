import { list, textOf, type Resource } from '../stack-json';

/** Whether a container runs Vault itself, by itself or behind a script. */
export function isVaultServer({ values }: Resource): boolean {
  const words = [...list(values.entrypoint), ...list(values.command)].map(textOf).join(' ');
  return /(^|[\s/])vault server(\s|$)/.test(words);
}
