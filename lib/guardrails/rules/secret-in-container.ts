import { containers, environmentOf, uploadsOf } from '../containers';
import type { Rule, Sighting } from '../rule';
import { list, textOf, type Resource, type StackJson } from '../stack-json';

const ANNOUNCES_SECRET = /TOKEN|PASSWORD|PASSWD|SECRET|PRIVATE_KEY/i;
const IS_PATH = /^\/[\w./-]*$/;
const SECRET_ATTRIBUTE =
  /\$\{[^}]*\.(secret_id|client_token|private_key|private_key_pem|private_key_openssh|result|token|password|data_json|data)\b/;
const WRAPPED_ATTRIBUTE = /\$\{[^}]*\.wrapping_token\b/;
const ARGUMENT = /^--?[\w.-]*(password|passwd|secret|token)[\w.-]*=./i;

export const secretInContainer: Rule = {
  id: 'secret-in-container',
  severity: 'error',
  cause: 'A container gets a secret by a variable, an argument, or a file that Terraform uploads.',
  why: "All of them are in Terraform's state and plan, and shown by docker inspect.",
  remedy: 'let a sidecar of Vault write it as a file into memory, and name the file',
  sightings: ({ stacks }) =>
    stacks.flatMap((stack) => containers(stack).flatMap((container) => sightingsAt(stack, container))),
};

function sightingsAt(stack: StackJson, container: Resource): Sighting[] {
  const { values } = container;
  const environment = Object.entries(environmentOf(container));
  const variable = environment.find(
    ([name, value]) =>
      (ANNOUNCES_SECRET.test(name) && !(name.endsWith('_FILE') && IS_PATH.test(value))) ||
      SECRET_ATTRIBUTE.test(value) ||
      WRAPPED_ATTRIBUTE.test(value),
  );
  // A wrapped SecretID is worthless once its sidecar has opened it.
  const file = Object.entries(uploadsOf(container)).find(([, content]) => SECRET_ATTRIBUTE.test(content));
  const argument = [...list(values.command), ...list(values.entrypoint)]
    .map(textOf)
    .find((word) => ARGUMENT.test(word) || SECRET_ATTRIBUTE.test(word) || WRAPPED_ATTRIBUTE.test(word));
  const found = [
    variable && `the variable ${variable[0]}`,
    file && `the file ${file[0]}`,
    argument && 'an argument',
  ].find((what) => what !== undefined);
  return found === undefined ? [] : [{ stack, at: container, what: `${found} holds a secret` }];
}
