package com.peerllm.host.localapi;

import com.peerllm.shared.openai.AnswerForm;

/**
 * What stands around one answer of this computer.
 *
 * @param created in seconds since 1970
 * @param model as {@code GET /v1/models} lists it
 * @param extrasJson who answered, and why
 */
record AnswerHead(AnswerForm form, String id, long created, String model, String extrasJson) {}
