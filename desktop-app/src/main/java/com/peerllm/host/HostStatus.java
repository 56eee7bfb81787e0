package com.peerllm.host;

import com.peerllm.host.earnings.Earnings;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;

/**
 * What a running host tells about itself to other programs of its owner, as a file in its data folder.
 *
 * @param pid of the process
 * @param sentence the one line that the terminal shows
 * @param network {@code connected}, {@code connecting}, {@code offline}, {@code refused} or {@code draining}
 * @param model the first model; {@code models} has all
 * @param models the state of each model
 * @param paused why nothing is shared now although it is wanted; empty when nothing keeps it from it
 * @param notes what a person should know about the models, such as layers that a GPU did not take
 * @param engine {@code starting}, {@code ready}, {@code restarting}, {@code failed} or {@code stopped}
 * @param lastConfirmedMillis when the orchestrator last confirmed this host
 * @param earnings as of {@code writtenAtMillis}
 */
public record HostStatus(
        long pid,
        String version,
        String hostId,
        String pseudonym,
        long startedAtMillis,
        long writtenAtMillis,
        String orchestrator,
        String network,
        Optional<Long> lastConfirmedMillis,
        String engine,
        String model,
        int slots,
        int runningAnswers,
        int runningDownloads,
        List<ModelStatus> models,
        List<String> paused,
        List<String> notes,
        String sentence,
        Earnings earnings) {

    /**
     * @param state as {@code engine}
     * @param ask for a million tokens; without one, the network's price
     */
    public record ModelStatus(String name, String state, boolean pinned, Optional<TokenPrice> ask) {}
}
