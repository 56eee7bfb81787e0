package com.peerllm.host.engine;

import com.peerllm.shared.openai.ResponseFormat;
import java.util.List;

/**
 * A part of an answer to be read again: nothing is computed, only the prompt is rendered and the ids are read as an answer's.
 *
 * @param prompt as it was asked
 * @param format the form that the answer had to have
 * @param stop as in {@link GenerationRequest}
 * @param before ids of the answer before the part
 * @param ids of the part
 * @param ended whether what was held back until the answer's end belongs to the part
 */
public record AuditRequest(
        Prompt prompt,
        ResponseFormat format,
        List<String> stop,
        List<Integer> before,
        List<Integer> ids,
        boolean ended) {
    public AuditRequest {
        stop = List.copyOf(stop);
        before = List.copyOf(before);
        ids = List.copyOf(ids);
    }

    /** As {@link GenerationRequest#weight}. */
    long weight() {
        return asked().weight();
    }

    /** The answer as a request that goes on after the part. */
    public GenerationRequest asked() {
        List<Integer> all = new java.util.ArrayList<>(before);
        all.addAll(ids);
        return GenerationRequest.of(prompt).after(all).in(format).stoppingAt(stop.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return "AuditRequest[prompt hidden, before=" + before.size() + ", ids=" + ids.size() + "]";
    }
}
