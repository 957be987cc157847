// What the finish reasons of services mean. Each has words of its own for the same few ends.

/** toolCall: the model called a tool in place of answering. */
export type FinishMeaning = 'complete' | 'length' | 'filtered' | 'toolCall';

/**
 * In lower case. From the documentation of OpenAI, Anthropic, Google, Mistral, Cohere, AI21, Together, DeepSeek, Zhipu and Amazon, and from the sources of TGI and
 * vLLM: gateways pass them on as they are.
 */
const meanings: Readonly<Record<FinishMeaning, readonly string[]>> = {
  complete: ['stop', 'eos', 'eos_token', 'end_turn', 'stop_sequence', 'endoftext', 'complete', 'completed'],
  length: ['length', 'max_tokens', 'max_output_tokens', 'max_length', 'model_length', 'model_context_window_exceeded'],
  filtered: [
    'content_filter',
    'content_filtered',
    'safety',
    'recitation',
    'blocklist',
    'prohibited_content',
    'spii',
    'sensitive',
    'guardrail_intervened',
    'error_toxic',
    'refusal',
  ],
  toolCall: ['tool_calls', 'tool_call', 'tool_use', 'function_call', 'malformed_function_call'],
};

const byReason = new Map<string, FinishMeaning>(
  Object.entries(meanings).flatMap(([meaning, reasons]) => reasons.map((reason) => [reason, meaning as FinishMeaning])),
);

/** Undefined for a reason that nobody knows: such an answer is not whole. */
export function meaningOfReason(reason: string): FinishMeaning | undefined {
  const known = reason
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return byReason.get(known.replace(/^finish_reason_/, ''));
}
