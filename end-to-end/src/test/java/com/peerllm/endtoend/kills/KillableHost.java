package com.peerllm.endtoend.kills;

import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Backoff;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.DeliveryTrace;
import com.peerllm.host.session.HostSession;
import com.peerllm.host.session.LinkParts;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.session.Payments;
import com.peerllm.host.session.ServedModel;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.AnnouncedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;

/**
 * A host with the real session and a real engine, whose connection is cut where a test says. Each has a new identity, so that
 * hundreds can be killed without the network losing its trust in them; the engine is lent, because starting one takes a second.
 */
final class KillableHost implements AutoCloseable {
    private final PeerIdentity self = PeerIdentity.generate();
    private final CuttingProxy proxy;
    private final Mailbox mailbox = new Mailbox(Thread.ofVirtual().factory());
    private final HostSession session;
    private final Engine engine;

    KillableHost(
            Engine engine,
            ModelDigest digest,
            int slots,
            Path folder,
            OkHttpClient http,
            Alarms alarms,
            int orchestratorPort,
            Predicate<Passing> cutBefore,
            CuttingProxy.Death death)
            throws IOException {
        this.engine = engine;
        proxy = new CuttingProxy(orchestratorPort, cutBefore, death);
        LinkParts parts = new LinkParts(
                OrchestratorAddress.parse("ws://127.0.0.1:" + proxy.port(), false),
                self,
                "killable-host/1",
                "a test",
                new SettingsStore(folder.resolve(self.hostId() + ".json"), InstantSource.system()),
                new Signal<>(List.of(new ServedModel(
                        announced(engine, digest, slots), engine::generate, engine::embed, engine::audit))),
                new NoBooks(),
                http,
                alarms,
                InstantSource.system());
        session = new HostSession(parts, mailbox, Backoff.LINK, new Random(1));
        session.start();
    }

    private static AnnouncedModel announced(Engine engine, ModelDigest digest, int slots) {
        if (!(engine.state().get() instanceof EngineState.Ready(ModelFacts facts))) {
            throw new IllegalStateException(
                    "The engine is not ready: " + engine.state().get());
        }
        return new AnnouncedModel(
                "Sprout",
                digest,
                facts.sizeBytes(),
                facts.architecture(),
                "Q8_0",
                facts.contextPerSlot(),
                facts.vocabularySize(),
                slots,
                1000,
                10_000,
                0,
                facts.features());
    }

    HostId id() {
        return self.hostId();
    }

    AccountId account() {
        return AccountId.ofHost(id());
    }

    Engine engine() {
        return engine;
    }

    boolean isConnected() {
        return session.state().get() instanceof SessionState.Connected;
    }

    boolean isCut() {
        return proxy.isCut();
    }

    /** It is gone for good; what it was doing in its engine ends. */
    @Override
    public void close() {
        session.stop("The test is over.", new HostSession.Patience(Duration.ZERO, Duration.ZERO));
        mailbox.close();
        try {
            proxy.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Its receipts are read at the orchestrator. */
    private static final class NoBooks implements Payments {
        @Override
        public void delivered(DeliveryTrace delivery) {}

        @Override
        public void receipt(Receipt receipt, MetOrchestrator from) {}
    }
}
