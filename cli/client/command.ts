import { Command } from 'commander';
import { addCommand } from './add';
import { listCommand } from './list';
import { revokeCommand } from './revoke';
import { rotateCommand } from './rotate';
import { tokenCommand } from './token-command';

export function clientCommand(): Command {
  return new Command('client')
    .description("clients of a tenant's API, each with keys of its own")
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(rotateCommand())
    .addCommand(revokeCommand())
    .addCommand(tokenCommand());
}
