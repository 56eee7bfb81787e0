package com.peerllm.host.earnings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.PayoutTable;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the network about payouts when told to, and remembers what it last said, also over a restart of the program. */
public final class PayoutDesk {
    private static final Logger log = LoggerFactory.getLogger(PayoutDesk.class);

    private final Supplier<Optional<Network>> network;
    private final PayoutTable kept;
    private final ThreadFactory threads;
    private final Signal<PayoutNews> news = new Signal<>(PayoutNews.NONE);
    private final AtomicBoolean asking = new AtomicBoolean();

    /**
     * The network that this host serves.
     *
     * @param key that signs its receipts
     */
    public record Network(PeerKey key, PayoutClient client) {}

    /** @param network empty as long as this host has never served the one that it is set to */
    public PayoutDesk(Supplier<Optional<Network>> network, PayoutTable kept, ThreadFactory threads) {
        this.network = network;
        this.kept = kept;
        this.threads = threads;
    }

    public Signal<PayoutNews> news() {
        return news;
    }

    /** Returns at once; while one question is on its way, another is not asked. */
    public void ask() {
        if (asking.compareAndSet(false, true)) threads.newThread(this::askNow).start();
    }

    private void askNow() {
        try {
            news.set(found());
        } catch (RuntimeException e) {
            log.error("payouts_unknown", e);
            news.set(
                    new PayoutNews(true, news.get().statement(), Optional.of("Something unexpected happened."), false));
        } finally {
            asking.set(false);
        }
    }

    private PayoutNews found() {
        Optional<Network> to;
        try {
            to = network.get();
        } catch (HostException e) {
            return new PayoutNews(true, Optional.empty(), Optional.of(e.sentence()), false);
        }
        if (to.isEmpty()) return PayoutNews.NONE;
        Optional<PayoutStatement> last = kept.last(to.get().key());
        news.set(new PayoutNews(true, last, Optional.empty(), true));
        try {
            PayoutStatement statement = to.get().client().statement();
            kept.put(to.get().key(), statement);
            return new PayoutNews(true, Optional.of(statement), Optional.empty(), false);
        } catch (HostException e) {
            return new PayoutNews(true, last, Optional.of(e.sentence()), false);
        }
    }

    /**
     * Tells the network how this host is paid, signed, and keeps nothing of it; blocks until it is known there.
     *
     * @param payee empty to have it erased
     * @throws HostException when the network was not told
     */
    public void setPayee(Optional<PayeeDetails> payee) {
        Network to = network.get()
                .orElseThrow(() -> new HostException(
                        com.peerllm.host.kernel.Problem.USAGE,
                        "This computer has never shared with a network. Start sharing first."));
        to.client().set(payee);
        ask();
    }
}
