package com.peerllm.host;

import com.peerllm.host.earnings.LogProofs;
import com.peerllm.host.earnings.PayoutClient;
import com.peerllm.host.earnings.PayoutDesk;
import com.peerllm.host.earnings.ReceiptDesk;
import com.peerllm.host.earnings.RecentPayDesk;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.reputation.ReputationClient;
import com.peerllm.host.reputation.ReputationDesk;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.MetOrchestrator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * What this host's network knows of it: payouts, reputation, proofs of receipts. Asked when a connection begins and then each
 * five minutes of it, and when a person wishes; all on threads of its own.
 */
public final class HostAccount implements AutoCloseable {
    /** Nobody is asked more often by itself. */
    static final Duration INTERVAL = Duration.ofMinutes(5);

    private final HostData data;
    private final LinkOptions link;
    private final Surroundings around;
    private final Alarms alarms;
    private final OkHttpClient http;
    private final PayoutDesk payouts;
    private final ReputationDesk reputation;
    private final ReceiptDesk receipts;
    private final RecentPayDesk recentPay;
    private final Signal.Subscription watching;
    private Alarms.Alarm next = () -> {};
    private Instant asked = Instant.EPOCH;
    private boolean connected;

    /** @param session tells when this host is connected */
    public HostAccount(
            HostData data, LinkOptions link, Signal<SessionState> session, Alarms alarms, Surroundings around) {
        this.data = data;
        this.link = link;
        this.around = around;
        this.alarms = alarms;
        http = LinkHttp.client(link.ownCa(), around.threads());
        payouts = new PayoutDesk(
                () -> network().map(to -> new PayoutDesk.Network(to.met().key(), client(to))),
                data.payouts(),
                around.threads());
        reputation = new ReputationDesk(
                () -> network()
                        .map(to -> new ReputationDesk.Network(
                                to.met().name(),
                                new ReputationClient(http, to.address(), data.identity(), around.clock()))),
                around.threads());
        receipts = new ReceiptDesk(
                data.identity().publicKey(),
                data.receipts(),
                data.computing(),
                data.settings().current()::get,
                address -> new LogProofs(http, OrchestratorAddress.parse(address, link.allowPlaintext())));
        recentPay = new RecentPayDesk(
                http,
                () -> data.settings()
                        .current()
                        .get()
                        .orchestrator()
                        .map(address -> OrchestratorAddress.parse(address, link.allowPlaintext())),
                around.clock(),
                around.threads());
        watching = session.subscribe(state -> heard(state instanceof SessionState.Connected));
    }

    private record Network(OrchestratorAddress address, MetOrchestrator met) {}

    private Optional<Network> network() {
        HostSettings settings = data.settings().current().get();
        if (settings.orchestrator().isEmpty()) return Optional.empty();
        OrchestratorAddress address =
                OrchestratorAddress.parse(settings.orchestrator().get(), link.allowPlaintext());
        return Optional.ofNullable(settings.metOrchestrators().get(address.text()))
                .map(met -> new Network(address, met));
    }

    private PayoutClient client(Network to) {
        return new PayoutClient(http, to.address(), to.met().name(), data.identity(), around.clock());
    }

    public PayoutDesk payouts() {
        return payouts;
    }

    public ReputationDesk reputation() {
        return reputation;
    }

    public ReceiptDesk receipts() {
        return receipts;
    }

    public RecentPayDesk recentPay() {
        return recentPay;
    }

    private synchronized void heard(boolean isConnected) {
        if (isConnected == connected) return;
        connected = isConnected;
        next.cancel();
        if (connected) askInTime();
    }

    /** Now, or when the last time is long enough ago: a connection that comes and goes asks no more often. */
    private synchronized void askInTime() {
        if (!connected) return;
        Duration since = Duration.between(asked, around.clock().instant());
        // A clock that was set back must not silence the questions.
        boolean due = since.isNegative() || since.compareTo(INTERVAL) >= 0;
        if (due) {
            asked = around.clock().instant();
            payouts.ask();
            reputation.ask();
        }
        next = alarms.after(due ? INTERVAL : INTERVAL.minus(since), this::askInTime);
    }

    @Override
    public synchronized void close() {
        connected = false;
        next.cancel();
        watching.close();
        LinkHttp.close(http);
    }
}
