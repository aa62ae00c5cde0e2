/** The machine in the words of Go, Docker and Terraform. */
export const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;
export const PLATFORM = `${process.platform}_${ARCHITECTURE}`;
