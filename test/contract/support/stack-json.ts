export * from '../../../lib/guardrails/stack-json';
