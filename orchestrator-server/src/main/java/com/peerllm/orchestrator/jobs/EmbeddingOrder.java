package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.openai.EmbeddingRequest;
import com.peerllm.shared.openai.HostWishes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One admitted request for embeddings.
 *
 * @param inputs what is to become vectors
 * @param dimensions how long the consumer wants them, if it said so
 * @param wishes what hosts may make them
 * @param size how many tokens the inputs can have, counted once because it is asked for again and again
 * @param longestWait for a host, when the consumer says that it wants to wait less than others
 */
public record EmbeddingOrder(
        JobId id,
        Caller caller,
        ModelManifest model,
        List<EmbeddingInput> inputs,
        OptionalInt dimensions,
        HostWishes wishes,
        Size size,
        Optional<Duration> longestWait)
        implements Billable {

    public static EmbeddingOrder of(
            JobId id,
            Caller caller,
            ModelManifest model,
            EmbeddingRequest request,
            Size size,
            Optional<Duration> longestWait) {
        return new EmbeddingOrder(
                id, caller, model, request.inputs(), request.dimensions(), request.wishes(), size, longestWait);
    }

    /**
     * Between how many tokens the inputs must be, without their model's tokenizer.
     *
     * @param longestAtLeast fewest tokens of the longest input
     * @param allAtLeast fewest tokens of all together
     * @param eachAtMost most tokens of each; a host that counts more is not believed
     */
    public record Size(int longestAtLeast, int allAtLeast, List<Integer> eachAtMost) {
        public static Size of(List<EmbeddingInput> inputs) {
            int longest = 0;
            int all = 0;
            for (EmbeddingInput input : inputs) {
                int least = input.tokensAtLeast();
                longest = Math.max(longest, least);
                all = Math.addExact(all, least);
            }
            return new Size(
                    longest,
                    all,
                    inputs.stream().map(EmbeddingInput::tokensAtMost).toList());
        }

        /** Most tokens of all inputs where none may be longer than the context. */
        int atMost(int context) {
            int sum = 0;
            for (int each : eachAtMost) sum = Math.addExact(sum, Math.min(each, context));
            return sum;
        }
    }

    /** Names sizes only, so that no log line can hold a text. */
    @Override
    public String toString() {
        return "EmbeddingOrder[" + id + ", inputs=" + inputs.size() + "]";
    }
}
