package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Claim;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.SaidHash;

/** What is kept of a host's part that another host is to check: where it begins, and the hash of what it says. */
final class KeptPart {
    private final JobRequest request;
    private final DeliveredTokens delivered;
    private final int begin;
    private final SaidHash said = new SaidHash();

    /** @param delivered ids of the whole answer, at this part's beginning */
    KeptPart(JobRequest request, DeliveredTokens delivered) {
        this.request = request;
        this.delivered = delivered;
        this.begin = delivered.count();
    }

    /** Token path. */
    void add(AnswerChunk chunk) {
        said.add(chunk);
    }

    /** To be asked once, when the part is over. */
    Claim claim(Segment segment) {
        return new Claim(
                request.id(),
                segment.served(),
                segment.promptTokens(),
                said.hex(),
                request.chat().messages(),
                request.chat().continued().map(ChatCompletionRequest.Continued::text),
                request.chat().options(),
                request.chat().stop(),
                delivered.asList(0, begin),
                delivered.asList(begin, begin + segment.tokens()),
                segment.hasEnded(),
                request.chat().wishes().trustedHostsOnly());
    }
}
