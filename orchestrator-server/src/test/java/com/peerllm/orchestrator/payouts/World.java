package com.peerllm.orchestrator.payouts;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.now;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.ReceiptIssuer;
import com.peerllm.orchestrator.ledger.Settlement;
import com.peerllm.orchestrator.ledger.SoundTables;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.HostStore.HostRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayeeDetails;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A real ledger with payouts on a real database, hosts that earn, and a clock that the test turns. */
final class World implements AutoCloseable {
    static final String ADMIN = "a test";
    /** A host gets 950 nano-dollars for each token of these. */
    private static final int NANOS_PER_TOKEN = 950;

    final AtomicLong millis;
    private final Path folder;
    private final DatabaseAddress address;
    private final PayoutRules rules;
    private final AtomicLong jobs = new AtomicLong();
    Database database;
    Ledger ledger;
    PayeeFolder payees;
    Payouts payouts;

    World(Path folder) {
        this(folder, PayoutRules.STANDARD, Duration.ofDays(20_000).toMillis());
    }

    World(Path folder, PayoutRules rules, long startMillis) {
        this(folder, new DatabaseAddress.Embedded(folder), rules, startMillis);
    }

    World(Path folder, DatabaseAddress address, PayoutRules rules, long startMillis) {
        this.folder = folder;
        this.address = address;
        this.rules = rules;
        this.millis = new AtomicLong(startMillis);
        open(till -> till);
        now(ledger.openAccount(ALICE));
        now(ledger.topUp(new TransferId("funds"), ALICE, Credits.ofDollars(1_000_000)));
    }

    private void open(UnaryOperator<Transit.Till> till) {
        database = SoundTables.open(address);
        ledger = Ledger.open(
                database,
                new ReceiptIssuer("test-orchestrator", TestLedger.ORCHESTRATOR, TestLedger.PSEUDONYMS),
                TestLedger.PSEUDONYMS,
                leaves -> {},
                TestLedger.SETTINGS,
                () -> java.time.Instant.ofEpochMilli(millis.get()),
                System::nanoTime,
                Thread.ofPlatform().name("journal").daemon().factory(),
                TestLedger.CALLBACKS);
        payees = new PayeeFolder(folder.resolve("payees"));
        payouts = new Payouts(
                database,
                till.apply(Transit.Till.of(ledger)),
                payees,
                folder.resolve("payouts"),
                rules,
                new CsvProvider(),
                () -> java.time.Instant.ofEpochMilli(millis.get()));
    }

    /** As after a power cut: what is on the disk is there, and nothing else. */
    void restart() {
        restart(till -> till);
    }

    /** @param till what stands between payouts and the ledger from now on */
    void restart(UnaryOperator<Transit.Till> till) {
        close();
        open(till);
    }

    void pass(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    /** A host that is known, and can be paid when it has said how. */
    PeerIdentity host(boolean saysHow) {
        PeerIdentity host = PeerIdentity.generate();
        now(ledger.openAccount(AccountId.ofHost(host.hostId())));
        database.hosts().insert(new HostRow(host.hostId(), host.publicKey(), millis.get(), Optional.empty()));
        if (saysHow) {
            payees.put(
                    AccountId.ofHost(host.hostId()),
                    Optional.of(new PayeeDetails("iban", "DE02120300000000202051")),
                    millis.get());
        }
        return host;
    }

    /** Settles a job of so many tokens. */
    Credits earn(PeerIdentity host, int tokens) {
        JobId job = TestLedger.job(jobs.incrementAndGet() + (millis.get() << 20));
        ledger.hold(job, ALICE, Credits.ofDollars(100_000));
        now(ledger.settle(new Settlement(job, ALICE, List.of(TestLedger.segment(host, tokens, 0)))));
        return new Credits((long) tokens * NANOS_PER_TOKEN);
    }

    /** Earns at least so much, and less than a thousandth of a cent more. */
    Credits earnDollars(PeerIdentity host, int dollars) {
        return earn(host, Math.toIntExact(Math.ceilDiv(dollars * Credits.NANO_PER_DOLLAR, (long) NANOS_PER_TOKEN)));
    }

    /** A host that has earned this, long enough ago for all of it to be mature. */
    PeerIdentity hostWith(int dollars) {
        PeerIdentity host = host(true);
        earnDollars(host, dollars);
        return host;
    }

    Credits balance(PeerIdentity host) {
        return balance(AccountId.ofHost(host.hostId()));
    }

    Credits balance(AccountId account) {
        return ledger.balance(account).map(Balance::posted).orElse(Credits.ZERO);
    }

    Credits inTransit() {
        return balance(PayoutIds.TRANSIT);
    }

    Credits paidOut() {
        return balance(PayoutIds.PAID_OUT);
    }

    Credits sumOfAll() {
        return ledger.balances().stream().map(Balance::posted).reduce(Credits.ZERO, Credits::plus);
    }

    Credits fees() {
        return balance(AccountKind.NETWORK_FEES);
    }

    Optional<String> fault() {
        return ledger.audit().fault().or(() -> payouts.audit().fault());
    }

    static PayoutResult paid(LineRow line) {
        return new PayoutResult(PayoutBatch.payoutId(line), PayoutResult.Outcome.PAID, "ref-" + line.number());
    }

    static PayoutResult failed(LineRow line) {
        return new PayoutResult(PayoutBatch.payoutId(line), PayoutResult.Outcome.FAILED, "The account is closed");
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
