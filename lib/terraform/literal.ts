/**
 * Text that Terraform takes as it stands. In its JSON every text is a template, in which `${…}` and `%{…}` are evaluated, files of
 * the machine that plans included; what cdktf itself put there stays.
 */
export function literal(text: string): string {
  return text.replaceAll(/\$\{(?!TfToken\[)/g, '$$$${').replaceAll('%{', '%%{');
}
