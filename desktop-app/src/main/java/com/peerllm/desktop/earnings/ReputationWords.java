package com.peerllm.desktop.earnings;

import java.util.List;
import java.util.Optional;

/**
 * What the network thinks of this host, ready to be read.
 *
 * @param models empty while nothing is known, which is no zero
 * @param note why nothing is known, or what the scores mean
 * @param moved what moved them in the last seven days
 * @param warning that the host is excluded, and why
 */
public record ReputationWords(
        List<OfModel> models,
        String note,
        List<Move> moved,
        Optional<String> warning,
        Optional<String> asOf,
        Optional<String> trouble,
        boolean known,
        boolean asking) {

    /** @param share of the best possible score, 0 to 1 */
    public record OfModel(String model, String score, double share, String about, List<Part> parts) {}

    /**
     * A part of the score.
     *
     * @param share of its best value, 0 to 1
     */
    public record Part(String name, String value, double share, String meaning) {}

    /** @param good whether it lifted the score */
    public record Move(boolean good, String sentence) {}
}
