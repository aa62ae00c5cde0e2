import { App } from 'cdktf';
import { addGuardrails, GuardrailError } from '../lib/guardrails';
import { addStacks } from './add-stacks';
import { ConfigurationError } from './config/configuration-error';
import { loadConfiguration } from './config/load';
import { guardrailProblems } from './guardrail-problems';
import { machineImages } from './machine-images';
import { orphans } from './orphans';

try {
  const project = process.cwd();
  const configuration = loadConfiguration(project);
  const lost = orphans(project, configuration);
  if (lost.length > 0) throw new ConfigurationError(lost);
  const app = new App();
  addStacks(app, configuration, machineImages());
  const { environment, guardrails } = configuration.platform;
  addGuardrails(app, { environment, acknowledge: guardrails.acknowledge });
  app.synth();
} catch (error) {
  const shown =
    error instanceof GuardrailError ? new ConfigurationError(guardrailProblems(error.review)) : error;
  if (!(shown instanceof ConfigurationError)) throw error;
  console.error(shown.message);
  process.exitCode = 2;
}
