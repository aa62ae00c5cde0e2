/** Terraform's own default; it is part of every provider's address. */
export const TERRAFORM_REGISTRY = 'registry.terraform.io';

let answer: Promise<boolean> | undefined;

/** Whether the Terraform registry answers; asked once a run. */
export function terraformRegistryAnswers(): Promise<boolean> {
  answer ??= askRegistry();
  return answer;
}

/** After a failed download: the rest of the run doesn't try again. */
export function giveUpTerraformRegistry(): void {
  answer = Promise.resolve(false);
}

async function askRegistry(): Promise<boolean> {
  // Terraform goes through the proxy that these name, Node's fetch doesn't: let Terraform find out.
  if (process.env.HTTPS_PROXY !== undefined || process.env.https_proxy !== undefined) return true;
  try {
    const signal = AbortSignal.timeout(4000);
    return (await fetch(`https://${TERRAFORM_REGISTRY}/.well-known/terraform.json`, { signal })).ok;
  } catch {
    return false;
  }
}
