import { App } from 'cdktf';
import { addStacks } from './add-stacks';
import { ConfigurationError } from './config/configuration-error';
import { loadConfiguration } from './config/load';
import { machineImages } from './machine-images';
import { orphans } from './orphans';

try {
  const project = process.cwd();
  const configuration = loadConfiguration(project);
  const lost = orphans(project, configuration);
  if (lost.length > 0) throw new ConfigurationError(lost);
  const app = new App();
  addStacks(app, configuration, machineImages());
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
