import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addStacks } from '../../stacks/add-stacks';
import { loadConfiguration } from '../../stacks/config/load';
import { authorityFile, clientKeyFile, operatorTokenFile, vaultKeysFile } from '../../stacks/local-files';
import { ACME, everything, PRODUCTION, SHIPPED_PLATFORM } from './support/configurations';
import { environmentOf, containers, uploadsOf } from './support/containers';
import { texts, textOf } from './support/stack-json';
import { stacksOf, testApp } from './support/synthesise';

const STACKS = everything();

// What Terraform makes ends up in its state. None of these holds a secret there, but for the SecretID, which is wrapped.
const HARMLESS_TYPES = [
  'docker_container',
  'docker_network',
  'docker_volume',
  'terraform_data',
  'vault_approle_auth_backend_role',
  'vault_approle_auth_backend_role_secret_id',
  'vault_audit',
  'vault_auth_backend',
  // Whatever it writes is in the state: below, only settings of a mount.
  'vault_generic_endpoint',
  'vault_generic_secret',
  'vault_identity_entity',
  'vault_identity_entity_alias',
  'vault_kv_secret_v2',
  'vault_mount',
  'vault_pki_secret_backend_crl_config',
  'vault_pki_secret_backend_role',
  'vault_pki_secret_backend_root_cert',
  'vault_policy',
  'vault_quota_rate_limit',
];

const LOOKS_SECRET = [
  /PRIVATE KEY/,
  /\bhv[sbr]\.\w/,
  /\b[sbr]\.[A-Za-z0-9]{24}/,
  /\beyJ[\w-]+\.eyJ/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /:\/\/[^/\s]*:[^/\s]*@/,
];

test('only resources are made whose state is harmless', () => {
  const types = new Set(STACKS.flatMap((stack) => stack.resources().map(({ type }) => type)));
  expect([...types].sort()).toEqual(HARMLESS_TYPES);
});

test('what is written to Vault in no resource of its own are settings of a mount', () => {
  const endpoints = STACKS.flatMap((stack) => stack.resources('vault_generic_endpoint'));
  expect(endpoints.length).toBeGreaterThan(0);
  for (const { values } of endpoints) expect(values.path).toMatch(/^sys\/mounts\/.*\/tune$/);
});

test('only public things are read', () => {
  const types = new Set(STACKS.flatMap((stack) => stack.dataSources().map(({ type }) => type)));
  expect([...types].sort()).toEqual(['vault_auth_backend', 'vault_pki_secret_backend_issuer']);
});

test("the authority's key stays in Vault", () => {
  const roots = STACKS.flatMap((stack) => stack.resources('vault_pki_secret_backend_root_cert'));
  expect(roots.map(({ values }) => values.type)).toEqual(roots.map(() => 'internal'));
});

test('no stack has outputs, variables or blocks that could show a value', () => {
  const blocks = new Set(STACKS.flatMap(({ json }) => Object.keys(json)));
  expect([...blocks].sort()).toEqual(['//', 'data', 'ephemeral', 'provider', 'resource', 'terraform']);
});

test('a password is made and handed on without being kept; what is kept of a secret in Vault is none', () => {
  const secrets = STACKS.flatMap((stack) => [
    ...stack.resources('vault_kv_secret_v2'),
    ...stack.resources('vault_generic_secret'),
  ]);
  expect(secrets.length).toBeGreaterThan(2);
  for (const { path, values } of secrets)
    if (values.data_json === undefined) {
      expect(values.data_json_wo).toMatch(
        /^\$\{jsonencode\(\{ password = ephemeral\.[\w.-]+\["random_bytes"\] \}\)\}$/,
      );
      expect(values.disable_read).toBe(true);
    } else {
      expect(path).toMatch(/redis\/user\/user$/);
      expect(Object.keys(JSON.parse(textOf(values.data_json)) as object).sort()).toEqual([
        'name',
        'passwords',
        'rules',
      ]);
    }
});

test('what Terraform has only for a moment flows into write-only arguments alone', () => {
  for (const stack of STACKS)
    for (const { address, values } of stack.resources()) {
      const kept = Object.entries(values).filter(([key]) => key !== 'data_json_wo');
      expect([
        address,
        texts(Object.fromEntries(kept)).filter((text) => text.includes('ephemeral.')),
      ]).toEqual([address, []]);
    }
});

test.each(LOOKS_SECRET.map((form) => [form]))('nothing looks like %s', (form) => {
  const found = STACKS.flatMap(({ name, json }) =>
    texts(json)
      .filter((text) => form.test(text))
      .map((text) => `${name}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('the wrapping token goes into files that a sidecar opens once, and nowhere else', () => {
  const secret = /\.(wrapping_token|secret_id|client_token|private_key|token)\b/;
  for (const stack of STACKS) {
    for (const container of containers(stack)) {
      expect(Object.values(environmentOf(container)).filter((value) => secret.test(value))).toEqual([]);
      for (const [file, content] of Object.entries(uploadsOf(container)))
        if (secret.test(content))
          expect([container.path, file]).toEqual([
            expect.stringMatching(/\/seed\/Resource$/),
            '/files/wrapped',
          ]);
    }
    for (const { type, address, values } of stack.resources())
      if (type !== 'docker_container')
        expect([address, texts(values).filter((text) => secret.test(text))]).toEqual([address, []]);
  }
});

test('what is secret around a project comes into no stack', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nuts-saas-secrets-'));
  const sentinel = (name: string) => `sentinel-${name}-7f3a`;
  const files = {
    [join(directory, 'platform.yaml')]: SHIPPED_PLATFORM,
    [join(directory, 'tenants/acme.yaml')]: ACME,
    [operatorTokenFile(directory)]: sentinel('operator'),
    [vaultKeysFile(directory)]: JSON.stringify({ unsealKey: sentinel('unseal') }),
    [clientKeyFile(directory, 'acme', 'ehr')]: sentinel('client'),
    [authorityFile(directory)]: sentinel('authority'),
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const before = { ...process.env };
  const variables = [
    'VAULT_TOKEN',
    'PG_CONN_STR',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'TF_HTTP_PASSWORD',
    'TF_HTTP_USERNAME',
  ];
  for (const variable of variables) process.env[variable] = sentinel(variable);
  try {
    for (const platform of [SHIPPED_PLATFORM, PRODUCTION.replace('care.nl\n', 'saas.internal\n')]) {
      writeFileSync(join(directory, 'platform.yaml'), platform);
      const app = testApp();
      addStacks(app, loadConfiguration(directory));
      for (const { text } of stacksOf(app)) expect(text).not.toContain('sentinel');
    }
  } finally {
    process.env = before;
    rmSync(directory, { recursive: true });
  }
});
