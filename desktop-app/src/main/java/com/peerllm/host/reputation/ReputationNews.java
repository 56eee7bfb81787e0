package com.peerllm.host.reputation;

import com.peerllm.shared.reputation.ReputationReport;
import java.util.Optional;

/**
 * What is known of this host's reputation now.
 *
 * @param networkKnown whether this host has ever served the network that it is set to
 * @param report the last one; it carries its time
 * @param trouble why the last question was not answered; the report, if any, is an older one then
 * @param asking whether a question is on its way
 */
public record ReputationNews(
        boolean networkKnown, Optional<ReputationReport> report, Optional<String> trouble, boolean asking) {
    public static final ReputationNews NONE = new ReputationNews(false, Optional.empty(), Optional.empty(), false);
}
