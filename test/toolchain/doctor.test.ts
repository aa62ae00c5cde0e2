import { doctorCommand, table } from '../../cli/doctor';

test('the table tells what is missing and what to do about it', () => {
  const text = table([
    { name: 'Docker Engine', state: 'ok', detail: '28.0.0' },
    { name: 'Go', state: 'missing', detail: 'not on PATH\nsecond line', remedy: 'install Go.' },
  ]);
  expect(text).toBe(`✔ ok       Docker Engine  28.0.0
✖ missing  Go             not on PATH
           install Go.

1 missing: \`nuts-saas doctor --install\` gets what can be got, after you did what is said above.
`);
});

test('nothing missing is said in as many words', () => {
  expect(table([{ name: 'Terraform', state: 'ok', detail: '1.11.4' }])).toContain('Everything is there.');
});

test('the help text has examples', () => {
  let help = '';
  const command = doctorCommand().configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  expect(help).toContain('$ nuts-saas doctor --install');
});
