package com.peerllm.shared.audit;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Cosignature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit found.
 *
 * @param checkpoint what was audited; empty when no checkpoint holds
 * @param key who signed it; empty likewise
 * @param from the first leaf that was read in this audit; those before were read in an earlier one
 * @param hostSignatures how many hosts' signatures were checked in this audit
 * @param money what the leaves from the first to the last good one add up to
 * @param cosignatures of the witnesses asked for
 * @param fault the first thing that is wrong; empty when nothing is
 */
public record AuditReport(
        Optional<Checkpoint> checkpoint,
        Optional<PeerKey> key,
        long from,
        long hostSignatures,
        Optional<Money> money,
        List<Cosignature> cosignatures,
        Optional<Fault> fault) {

    /**
     * @param namedAccounts hosts, creators, the network and payouts that money was moved for
     * @param longestWithoutState between a state leaf and the last leaf before the next one
     * @param totals nano-dollars by kind of account
     */
    public record Money(
            long payments,
            long entries,
            long states,
            long jobs,
            long namedAccounts,
            Duration longestWithoutState,
            Map<String, Long> totals) {}

    public boolean isClean() {
        return fault.isEmpty();
    }
}
