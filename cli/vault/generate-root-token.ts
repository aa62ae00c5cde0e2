import type { VaultClient } from './vault-client';

/** A root token from the unseal key, for what only root can do. Whoever asks for one revokes it when done. */
export async function generateRootToken(vault: VaultClient, unsealKey: string): Promise<string> {
  // An attempt that was interrupted would block this one.
  await vault.call('DELETE', 'sys/generate-root/attempt');
  const { nonce, otp } = await vault.call<{ nonce: string; otp: string }>(
    'PUT',
    'sys/generate-root/attempt',
    {},
  );
  const { encoded_token: encoded } = await vault.call<{ encoded_token: string }>(
    'PUT',
    'sys/generate-root/update',
    {
      nonce,
      key: unsealKey,
    },
  );
  const pad = Buffer.from(otp);
  return Buffer.from(
    Buffer.from(encoded, 'base64').map((byte, index) => byte ^ (pad[index] ?? 0)),
  ).toString();
}
