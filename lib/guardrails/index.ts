// In reading order: how to use the rules, what they say, the rules themselves, what they read.
export { addGuardrails, GuardrailError, Guardrails } from './add-guardrails';
export type { GuardrailsOptions } from './add-guardrails';
export type { AcknowledgedFinding, Acknowledgement, AcknowledgementProblem } from './acknowledgement';
export { mayBeApplied, review } from './review';
export type { Review, ReviewOptions } from './review';
export { RULES } from './rules';
export { eachContainer, eachResource } from './rule';
export type { Finding, Rule, Severity, Sighting, Subject } from './rule';
export { StackJson } from './stack-json';
export type { Json, JsonObject, Resource } from './stack-json';
