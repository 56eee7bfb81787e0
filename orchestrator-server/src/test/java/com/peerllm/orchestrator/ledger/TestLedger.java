package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A real ledger on a real database, with the settings and the made-up parties that tests share. */
public final class TestLedger implements AutoCloseable {
    public static final AccountId ALICE = new AccountId("consumer:alice");
    public static final AccountId CREATOR = new AccountId("creator:carol");
    public static final PeerIdentity HOST = PeerIdentity.generate();
    public static final PeerIdentity OTHER_HOST = PeerIdentity.generate();
    public static final AccountId HOST_ACCOUNT = AccountId.ofHost(HOST.hostId());
    public static final PeerIdentity ORCHESTRATOR = PeerIdentity.generate();
    public static final TokenPrice PRICE = new TokenPrice(Credits.ofDollars(1), Credits.ofDollars(2));
    public static final LedgerSettings SETTINGS = new LedgerSettings(
            Duration.ofMinutes(10), 10_000, 10_000, 1_000, 10_000, Duration.ofMillis(10), Duration.ofMillis(50));

    /** Threads that the virtual machine does not wait for. */
    public static final Executor CALLBACKS =
            task -> Thread.ofVirtual().name("ledger-callback").start(task);

    /** Anybody can open these commitments, which is enough for tests. */
    public static final ConsumerPseudonyms PSEUDONYMS = (account, context) ->
            HexFormat.of().formatHex(Sha256.of((account + " " + context).getBytes(StandardCharsets.UTF_8)));

    public final Database database;
    /** What the transparency log got. */
    public final List<LeafRow> leaves = new CopyOnWriteArrayList<>();

    /** Who else hears of its leaves. */
    public final List<LeafListener> listeners = new CopyOnWriteArrayList<>();

    public final Ledger ledger;
    /** What the ledger takes for the time of day. */
    public final AtomicReference<InstantSource> clock = new AtomicReference<>(InstantSource.system());

    /** What the ledger takes for its clock that never goes back. */
    public final AtomicLong nanos = new AtomicLong();

    private TestLedger(Database database, LedgerSettings settings) {
        this(database, settings, PSEUDONYMS);
    }

    private TestLedger(Database database, LedgerSettings settings, ConsumerPseudonyms pseudonyms) {
        this.database = database;
        try {
            ledger = Ledger.open(
                    database,
                    new ReceiptIssuer("test-orchestrator", ORCHESTRATOR, pseudonyms),
                    pseudonyms,
                    this::heard,
                    settings,
                    () -> clock.get().instant(),
                    nanos::get,
                    Thread.ofPlatform().name("journal").daemon().factory(),
                    CALLBACKS);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void heard(List<LeafRow> durable) {
        leaves.addAll(durable);
        listeners.forEach(each -> each.durable(durable));
    }

    public static TestLedger in(Path folder) {
        return new TestLedger(SoundTables.open(new DatabaseAddress.Embedded(folder)), SETTINGS);
    }

    public static TestLedger in(Path folder, LedgerSettings settings) {
        return new TestLedger(SoundTables.open(new DatabaseAddress.Embedded(folder)), settings);
    }

    /** On whatever database this is. */
    public static TestLedger at(DatabaseAddress address) {
        return new TestLedger(SoundTables.open(address), SETTINGS);
    }

    public static TestLedger at(DatabaseAddress address, LedgerSettings settings) {
        return new TestLedger(SoundTables.open(address), settings);
    }

    /** Under commitments of these secrets, which no state leaf reads at the start. */
    static TestLedger with(Path folder, ConsumerPseudonyms pseudonyms) {
        return new TestLedger(
                SoundTables.open(new DatabaseAddress.Embedded(folder)),
                SETTINGS.withStates(Duration.ofHours(1), false),
                pseudonyms);
    }

    public static TestLedger on(Database database) {
        return new TestLedger(database, SETTINGS);
    }

    /** Opens the account, with this much on it. */
    public TestLedger with(AccountId account, Credits amount) {
        ledger.openAccount(account).toCompletableFuture().join();
        now(ledger.topUp(new TransferId("top-up-" + account.name()), account, amount));
        return this;
    }

    /** Gives the account this much that it spends before its own money. */
    public TestLedger withGift(AccountId consumer, String id, Credits amount) {
        AccountId promo = AccountKind.promoOf(consumer);
        ledger.openAccount(promo).toCompletableFuture().join();
        now(ledger.topUp(new TransferId(id), promo, amount));
        return this;
    }

    /** The outcome of a stage that must not take long. */
    public static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    public Credits posted(AccountId account) {
        return ledger.balance(account).map(Balance::posted).orElse(Credits.ZERO);
    }

    public static JobId job(long number) {
        return new JobId("job_%032x".formatted(number));
    }

    public static Settlement settlement(JobId job, int promptTokens, int completionTokens) {
        return new Settlement(job, ALICE, List.of(segment(HOST, promptTokens, completionTokens)));
    }

    public static Settlement.Segment segment(PeerIdentity host, int promptTokens, int completionTokens) {
        return new Settlement.Segment(
                host.publicKey(),
                new ModelId("sprout"),
                new ModelDigest("ab".repeat(32)),
                promptTokens,
                completionTokens,
                PRICE,
                RevenueSplit.STANDARD,
                Optional.empty(),
                "cd".repeat(32),
                Optional.empty());
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
