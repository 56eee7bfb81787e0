package com.peerllm.host.reputation;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.shared.reputation.ReputationReport;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the network what it thinks of this host when told to, and computes it again from the evidence. */
public final class ReputationDesk {
    private static final Logger log = LoggerFactory.getLogger(ReputationDesk.class);

    private final Supplier<Optional<Network>> network;
    private final ThreadFactory threads;
    private final Signal<ReputationNews> news = new Signal<>(ReputationNews.NONE);
    private final Signal<Optional<Standing>> standing = new Signal<>(Optional.empty());
    private final AtomicBoolean asking = new AtomicBoolean();

    /**
     * The network that this host serves.
     *
     * @param name as this host met it; requests for evidence are signed for it alone
     */
    public record Network(String name, ReputationClient client) {}

    /** @param network empty as long as this host has never served the one that it is set to */
    public ReputationDesk(Supplier<Optional<Network>> network, ThreadFactory threads) {
        this.network = network;
        this.threads = threads;
    }

    public Signal<ReputationNews> news() {
        return news;
    }

    /** In one line; empty while nothing is known, which is no score of zero. */
    public Signal<Optional<Standing>> standing() {
        return standing;
    }

    /** Returns at once; while one question is on its way, another is not asked. */
    public void ask() {
        if (asking.compareAndSet(false, true)) threads.newThread(this::askNow).start();
    }

    private void askNow() {
        try {
            ReputationNews found = found();
            news.set(found);
            standing.set(found.report().flatMap(Standing::of));
        } catch (RuntimeException e) {
            log.error("reputation_unknown", e);
            news.set(new ReputationNews(
                    true, news.get().report(), Optional.of("Something unexpected happened."), false));
        } finally {
            asking.set(false);
        }
    }

    private ReputationNews found() {
        Optional<ReputationReport> last = news.get().report();
        try {
            Optional<Network> to = network.get();
            if (to.isEmpty()) return ReputationNews.NONE;
            last = last.filter(report -> report.orchestrator().equals(to.get().name()));
            news.set(new ReputationNews(true, last, Optional.empty(), true));
            return new ReputationNews(true, Optional.of(report(to.get())), Optional.empty(), false);
        } catch (HostException e) {
            return new ReputationNews(true, last, Optional.of(e.sentence()), false);
        }
    }

    /** The request for evidence is signed for a name; who claims another's could pass it on. */
    private static ReputationReport report(Network network) {
        ReputationReport report = network.client().report();
        if (report.orchestrator().equals(network.name())) return report;
        throw new HostException(
                Problem.ORCHESTRATOR,
                "The orchestrator calls itself " + report.orchestrator() + "; this host knows it as " + network.name()
                        + ". Check the address.");
    }

    /**
     * Downloads all evidence and adds it up again; blocks.
     *
     * @throws HostException when the network does not answer
     * @throws java.util.concurrent.CancellationException when it is cancelled
     */
    public EvidenceReplay.Outcome recompute(EvidenceReplay.Progress progress, Cancellation cancellation) {
        Network to = network.get()
                .orElseThrow(() -> new HostException(
                        Problem.USAGE, "This computer has never shared with a network. Start sharing first."));
        return EvidenceReplay.of(report(to), to.client(), progress, cancellation);
    }
}
