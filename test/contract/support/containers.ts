export * from '../../../lib/guardrails/containers';
