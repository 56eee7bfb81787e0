package com.peerllm.host.session;

import com.peerllm.host.kernel.Backoff;
import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.AnnouncedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;

/** A host's session with everything around it real but time, the engine and the receipts. */
final class SessionTester implements AutoCloseable {
    static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));
    static final int SLOTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final PeerIdentity self = PeerIdentity.generate();
    final HandAlarms alarms = new HandAlarms();
    final ScriptedAnswers answers = new ScriptedAnswers();
    final ScriptedVectors vectors = new ScriptedVectors();

    /** What it finds of other hosts' answers; a test says so before it asks. */
    volatile AuditSource audited = request -> new CompletableFuture<>();

    final AuditSource audits = request -> audited.audit(request);
    final Signal<List<ServedModel>> served = new Signal<>(List.of(model(SLOTS)));
    final List<DeliveryTrace> delivered = new CopyOnWriteArrayList<>();
    final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    final SettingsStore settings;
    final HostSession session;

    private final Mailbox mailbox = new Mailbox(Thread.ofVirtual().factory());
    private final OkHttpClient http =
            LinkHttp.client(Optional.empty(), Thread.ofVirtual().factory());

    SessionTester(Path folder, OrchestratorAddress address) {
        settings = new SettingsStore(folder.resolve("settings.json"), InstantSource.system());
        session = new HostSession(
                new LinkParts(
                        address,
                        self,
                        "peerllm-host/test",
                        "2 cores, 4 GB memory",
                        settings,
                        served,
                        new Kept(),
                        http,
                        alarms,
                        InstantSource.system()),
                mailbox,
                Backoff.LINK,
                new Random(1));
    }

    ServedModel model(int slots) {
        return new ServedModel(
                new AnnouncedModel(
                        "sprout",
                        DIGEST,
                        1_500_000,
                        "llama",
                        "Q8_0",
                        768,
                        1024,
                        slots,
                        0,
                        0,
                        0,
                        List.of("chat", "audit")),
                answers,
                vectors,
                audits);
    }

    <T extends SessionState> T await(Class<T> state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> state.isInstance(session.state().get()));
        return state.cast(session.state().get());
    }

    SessionState.Connected connect() {
        session.start();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> session.state().get() instanceof SessionState.Connected c && c.routed());
        return await(SessionState.Connected.class);
    }

    @Override
    public void close() {
        session.stop();
        mailbox.close();
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }

    private final class Kept implements Payments {
        @Override
        public void delivered(DeliveryTrace delivery) {
            delivered.add(delivery);
        }

        @Override
        public void receipt(Receipt receipt, MetOrchestrator from) {
            receipts.add(receipt);
        }
    }
}
