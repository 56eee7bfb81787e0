package com.peerllm.host.engine;

/**
 * What this model finds of ids that another host says it made.
 *
 * @param promptTokens length of the rendered prompt
 * @param possible whether every id can be a token of an answer
 * @param said {@link com.peerllm.shared.wire.SaidHash} in hex of what the ids say
 */
public record AuditFinding(int promptTokens, boolean possible, String said) {}
