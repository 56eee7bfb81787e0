package com.peerllm.desktop.earnings;

import java.util.List;
import java.util.Optional;

/**
 * The receipt that is chosen.
 *
 * @param facts name and value
 * @param verdict what checking it again said; empty before it was
 * @param log what the network's log said; empty before it was asked
 */
public record ReceiptDetail(
        ReceiptRow row, List<Fact> facts, Optional<Verdict> verdict, Optional<Verdict> log, String json) {

    /** One line of it. */
    public record Fact(String name, String value) {}

    /** @param sentence why */
    public record Verdict(boolean holds, String sentence) {}

    ReceiptDetail withVerdict(Verdict said) {
        return new ReceiptDetail(row, facts, Optional.of(said), log, json);
    }

    ReceiptDetail withLog(Verdict said) {
        return new ReceiptDetail(row, facts, verdict, Optional.of(said), json);
    }
}
