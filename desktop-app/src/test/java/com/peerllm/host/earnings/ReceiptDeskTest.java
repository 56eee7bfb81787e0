package com.peerllm.host.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.storage.HostDatabase;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person can do with receipts, over a real database. */
class ReceiptDeskTest {
    private static final Instant SETTLED = Instant.parse("2026-11-22T23:30:00Z");
    private static final TokenPrice PRICE = new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"));

    @TempDir
    Path folder;

    private final PeerIdentity orchestrator = PeerIdentity.generate();
    private final PeerIdentity host = PeerIdentity.generate();
    private HostSettings settings =
            HostSettings.DEFAULTS.met("ws://127.0.0.1:8080", new MetOrchestrator("net", orchestrator.publicKey(), 1));
    private HostDatabase database;
    private ReceiptDesk desk;

    @BeforeEach
    void open() {
        database = HostDatabase.open(folder.resolve("host"));
        desk = new ReceiptDesk(
                host.publicKey(), database.receipts(), database.computing(), () -> settings, address -> null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Receipt receipt(int number, Instant at) {
        Receipt unsigned = new Receipt(
                "=net",
                new JobId("job_" + String.format("%032x", number)),
                0,
                at.toEpochMilli(),
                host.hostId(),
                host.publicKey(),
                new ModelId("oak"),
                new ModelDigest("ab".repeat(32)),
                10,
                4,
                PRICE,
                new Credits(11_000),
                new Credits(10_450),
                new Credits(550),
                Credits.ZERO,
                "cd".repeat(32),
                Optional.empty(),
                orchestrator.publicKey(),
                "");
        return unsigned.withOrchestratorSignature(signature(orchestrator, unsigned.message()));
    }

    private static String signature(PeerIdentity by, byte[] message) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(by.sign(message));
    }

    private static StoredReceipt verified(Receipt receipt) {
        return new StoredReceipt(receipt, StoredReceipt.Status.VERIFIED, OptionalInt.of(4), List.of(), 1);
    }

    @Test
    void aGoodReceiptHoldsAgain() {
        assertThat(desk.verify(verified(receipt(1, SETTLED)))).isEmpty();
    }

    @Test
    void aReceiptThatWasChangedOnTheDiskDoesNot() {
        Receipt changed = receipt(1, SETTLED).withOrchestratorSignature(signature(host, new byte[1]));
        assertThat(desk.verify(verified(changed))).isNotEmpty();
    }

    @Test
    void whatWasFoundWhenItCameInStillCounts() {
        StoredReceipt disputed = new StoredReceipt(
                receipt(1, SETTLED),
                StoredReceipt.Status.DISPUTED,
                OptionalInt.empty(),
                List.of("It was not asked for"),
                1);
        assertThat(desk.verify(disputed)).containsExactly("It was not asked for");
    }

    @Test
    void aStrangersReceiptIsNamedAndItsLogIsNotAsked() {
        settings = HostSettings.DEFAULTS;
        StoredReceipt stored = verified(receipt(1, SETTLED));
        assertThat(desk.verify(stored)).containsExactly("It is signed by an orchestrator that this host never met");
        assertThatThrownBy(() -> desk.missingFromLog(stored.receipt()))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("never met");
    }

    @Test
    void hoursAreSummedByTheLedgersClock() {
        database.receipts()
                .add(List.of(verified(receipt(1, SETTLED)), verified(receipt(2, SETTLED.plusSeconds(1799)))));
        database.receipts().add(List.of(verified(receipt(3, SETTLED.plusSeconds(1800)))));

        assertThat(desk.count()).isEqualTo(3);
        assertThat(desk.hours(SETTLED.minusSeconds(60)))
                .extracting(hour -> hour.hour().toString(), hour -> hour.answers(), hour -> hour.hostShare())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2026-11-22T23:00:00Z", 2L, new Credits(20_900)),
                        org.assertj.core.groups.Tuple.tuple("2026-11-23T00:00:00Z", 1L, new Credits(10_450)));
    }

    @Test
    void computingTimeAddsUpOverRestarts() {
        LocalDate day = LocalDate.parse("2026-11-22");
        database.computing().add(Map.of(day, Duration.ofSeconds(60)));
        database.computing().add(Map.of(day, Duration.ofMillis(500), day.plusDays(1), Duration.ofSeconds(1)));
        database.close();
        database = HostDatabase.open(folder.resolve("host"));
        assertThat(database.computing().days())
                .containsExactly(
                        Map.entry(day, Duration.ofMillis(60_500)), Map.entry(day.plusDays(1), Duration.ofSeconds(1)));
    }

    @Test
    void theTableForSpreadsheetsHasEveryReceiptAndNoFormula() throws IOException {
        database.receipts().add(List.of(verified(receipt(2, SETTLED.plusSeconds(5))), verified(receipt(1, SETTLED))));
        Path file = folder.resolve("receipts.csv");
        desk.exportCsv(file);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .startsWith("2026-11-22T23:30:00Z,'=net,job_00000000000000000000000000000001,0,oak,")
                .contains(",0.000011000,0.000010450,0.000000550,0.000000000,verified,,");
    }

    @Test
    void aSavedReceiptIsWhatTheCommandChecks() throws IOException {
        Path file = folder.resolve("receipt.json");
        desk.save(receipt(1, SETTLED), file);
        assertThat(Files.readString(file)).isEqualTo(desk.text(receipt(1, SETTLED)));
        assertThatThrownBy(() -> desk.save(receipt(1, SETTLED), folder.resolve("none/receipt.json")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("cannot be written");
    }
}
