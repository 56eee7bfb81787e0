package com.peerllm.host.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.session.DeliveryTrace;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.storage.HostDatabase;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnswerChunk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptBookTest {
    private static final ModelDigest MODEL = new ModelDigest("ab".repeat(32));
    private static final TokenPrice PRICE = new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"));
    private static final long SETTLED = 1_790_000_000_000L;

    @TempDir
    Path folder;

    private final PeerIdentity host = PeerIdentity.generate();
    private final PeerIdentity orchestrator = PeerIdentity.generate();
    private final MetOrchestrator met = new MetOrchestrator("test-net", orchestrator.publicKey(), 0);
    private final Random random = new Random(3);
    private HostDatabase database;
    private ReceiptBook book;

    @BeforeEach
    void open() {
        database = HostDatabase.open(folder.resolve("host"));
        book = newBook();
        book.start();
    }

    private ReceiptBook newBook() {
        return new ReceiptBook(
                host.publicKey(), database.receipts(), Thread.ofVirtual().factory(), InstantSource.system());
    }

    @AfterEach
    void close() {
        book.stop();
        database.close();
    }

    @Test
    void aReceiptForWhatWasDeliveredCountsAsEarned() {
        DeliveryTrace delivery = deliver(4);

        book.receipt(signed(receipt(delivery, 4)), met);

        assertThat(onlyStored().status()).isEqualTo(StoredReceipt.Status.VERIFIED);
        Earnings earnings = Earnings.of(database.receipts().earned());
        assertThat(earnings.total()).isEqualTo(new Earnings.Sum(share(4), 1, 10, 4, 0));
        assertThat(earnings.byModel()).containsOnlyKeys("sprout");
        assertThat(earnings.byDay()).containsOnlyKeys(LocalDate.of(2026, 9, 21));
        assertThat(earnings.disputed().answers()).isZero();
    }

    @Test
    void aReceiptForTheFirstPartOfADeliveryCountsAndTheRestIsShownAsUnpaid() {
        DeliveryTrace delivery = deliver(4);
        String afterThree = hashAfter(delivery.job(), 3);

        book.receipt(signed(receipt(delivery, 3, afterThree, Optional.empty())), met);

        assertThat(onlyStored().deliveredTokens()).isEqualTo(OptionalInt.of(4));
        assertThat(Earnings.of(database.receipts().earned()).total().unpaidTokens())
                .isEqualTo(1);
    }

    @Test
    void fewerTokensUnderTheHashOfMoreAreDisputed() {
        DeliveryTrace delivery = deliver(4);

        book.receipt(signed(receipt(delivery, 3, delivery.hashHex(), Optional.empty())), met);

        assertThat(onlyStored().faults()).containsExactly("It pays for other tokens than this host delivered");
        Earnings earnings = Earnings.of(database.receipts().earned());
        assertThat(earnings.total().earned()).isEqualTo(Credits.ZERO);
        assertThat(earnings.disputed().earned()).isEqualTo(share(3));
    }

    @Test
    void anotherPriceThanWasAgreedIsDisputed() {
        TokenPrice agreed = new TokenPrice(
                PRICE.promptPerMillion(), PRICE.completionPerMillion().plus(new Credits(1)));
        DeliveryTrace delivery = new DeliveryTrace(JobId.random(random), MODEL, Optional.of(agreed));
        book.delivered(delivery);

        book.receipt(signed(receipt(delivery, 0)), met);

        assertThat(onlyStored().faults()).containsExactly("It pays another price than was agreed");
    }

    @Test
    void aDeliveryThatNobodyRemembersIsDisputed() {
        DeliveryTrace elsewhere = new DeliveryTrace(JobId.random(random), MODEL, Optional.empty());

        book.receipt(signed(receipt(elsewhere, 0, elsewhere.hashHex(), Optional.empty())), met);

        assertThat(onlyStored().faults()).containsExactly("This host does not remember the delivery");
    }

    @Test
    void theOwnSignatureProvesADeliveryAfterARestart() {
        DeliveryTrace delivery = deliver(4);
        Receipt receipt = signed(receipt(delivery, 4));
        book.stop();
        book = newBook();
        book.start();

        book.receipt(receipt, met);

        assertThat(onlyStored().status()).isEqualTo(StoredReceipt.Status.VERIFIED);
    }

    @Test
    void aReceiptOfAnotherOrchestratorIsDisputed() {
        DeliveryTrace delivery = deliver(4);
        MetOrchestrator other =
                new MetOrchestrator("test-net", PeerIdentity.generate().publicKey(), 0);

        book.receipt(signed(receipt(delivery, 4)), other);

        assertThat(onlyStored().faults()).contains("It is signed by another orchestrator than the one expected");
    }

    @Test
    void anAmountThatIsNotThePriceIsDisputed() {
        DeliveryTrace delivery = deliver(4);
        Receipt right = receipt(delivery, 4);
        Receipt cheap = withCharged(right, new Credits(1));

        book.receipt(signed(cheap), met);

        assertThat(onlyStored().status()).isEqualTo(StoredReceipt.Status.DISPUTED);
    }

    @Test
    void aReceiptThatCannotBeStoredTakesNoOtherWithIt() {
        DeliveryTrace first = deliver(4);
        DeliveryTrace second = deliver(4);
        book.stop();
        book = newBook();
        book.receipt(signed(receipt(first, 4, "x".repeat(10_000), Optional.empty())), met);
        book.receipt(signed(receipt(second, 4)), met);

        book.start();

        assertThat(onlyStored().receipt().job()).isEqualTo(second.job());
    }

    @Test
    void absurdAmountsBreakNoSum() {
        for (int i = 0; i < 3; i++) {
            Receipt absurd = receipt(deliver(4), 4);
            book.receipt(signed(copy(absurd, 0, absurd.charged(), new Credits(Long.MAX_VALUE))), met);
        }
        book.stop();

        Earnings earnings = Earnings.of(database.receipts().earned());

        assertThat(earnings.disputed().earned()).isEqualTo(new Credits(Long.MAX_VALUE));
        assertThat(earnings.total().earned()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aNegativeShareIsDisputed() {
        Receipt right = receipt(deliver(4), 4);
        Credits minus = new Credits(-5);
        Receipt shifted = new Receipt(
                right.orchestrator(),
                right.job(),
                0,
                SETTLED,
                right.host(),
                right.hostKey(),
                right.model(),
                MODEL,
                10,
                4,
                PRICE,
                right.charged(),
                minus,
                right.charged().minus(minus),
                Credits.ZERO,
                right.deliveryHash(),
                right.hostSignature(),
                right.orchestratorKey(),
                "");

        book.receipt(signed(shifted), met);

        assertThat(onlyStored().faults()).containsExactly("A share is negative");
    }

    @Test
    void twoPartsOfOneJobAreBothPaid() {
        DeliveryTrace first = deliver(4);
        DeliveryTrace second = new DeliveryTrace(first.job(), MODEL, Optional.empty());
        second.add(new int[] {9}, AnswerChunk.plain(new byte[] {'x'}));
        book.delivered(second);

        book.receipt(signed(receipt(first, 4, first.hashHex(), Optional.empty())), met);
        Receipt next = receipt(second, 1, second.hashHex(), Optional.empty());
        book.receipt(signed(inSegment(next, 1)), met);

        book.stop();
        assertThat(database.receipts().latest(9))
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.status()).isEqualTo(StoredReceipt.Status.VERIFIED));
    }

    @Test
    void whatIsRememberedStaysBounded() {
        DeliveryMemory memory = new DeliveryMemory(10_000);
        DeliveryTrace first = trace(JobId.random(random), 20);
        memory.add(first);
        for (int i = 0; i < 100; i++) memory.add(trace(JobId.random(random), 20));

        assertThat(memory.knows(first.job())).isFalse();
    }

    private DeliveryTrace deliver(int tokens) {
        DeliveryTrace trace = trace(JobId.random(random), tokens);
        book.delivered(trace);
        return trace;
    }

    private static DeliveryTrace trace(JobId job, int tokens) {
        DeliveryTrace trace = new DeliveryTrace(job, MODEL, Optional.of(PRICE));
        for (int i = 0; i < tokens; i++) trace.add(new int[] {i}, AnswerChunk.plain(new byte[] {'a'}));
        return trace;
    }

    private static String hashAfter(JobId job, int tokens) {
        return trace(job, tokens).hashHex();
    }

    private Receipt receipt(DeliveryTrace delivery, int tokens) {
        DeliveryStatement statement = new DeliveryStatement(delivery.job(), MODEL, tokens, delivery.hashHex());
        return receipt(delivery, tokens, delivery.hashHex(), Optional.of(base64(host.sign(statement.message()))));
    }

    private Receipt receipt(DeliveryTrace delivery, int tokens, String hash, Optional<String> hostSignature) {
        Credits charged = PRICE.cost(10, tokens);
        RevenueSplit.Shares shares = RevenueSplit.STANDARD.of(charged);
        return new Receipt(
                "test-net",
                delivery.job(),
                0,
                SETTLED,
                host.hostId(),
                host.publicKey(),
                new ModelId("sprout"),
                MODEL,
                10,
                tokens,
                PRICE,
                charged,
                shares.host(),
                shares.network(),
                shares.creator(),
                hash,
                hostSignature,
                orchestrator.publicKey(),
                "");
    }

    private static Credits share(int tokens) {
        return RevenueSplit.STANDARD.of(PRICE.cost(10, tokens)).host();
    }

    private static Receipt withCharged(Receipt r, Credits charged) {
        return copy(r, r.segment(), charged, r.hostShare());
    }

    private static Receipt inSegment(Receipt r, int segment) {
        return copy(r, segment, r.charged(), r.hostShare());
    }

    private static Receipt copy(Receipt r, int segment, Credits charged, Credits hostShare) {
        return new Receipt(
                r.orchestrator(),
                r.job(),
                segment,
                r.settledAtMillis(),
                r.host(),
                r.hostKey(),
                r.model(),
                r.modelDigest(),
                r.promptTokens(),
                r.completionTokens(),
                r.price(),
                charged,
                hostShare,
                r.networkShare(),
                r.creatorShare(),
                r.deliveryHash(),
                r.hostSignature(),
                r.orchestratorKey(),
                r.orchestratorSignature());
    }

    private Receipt signed(Receipt receipt) {
        return receipt.withOrchestratorSignature(base64(orchestrator.sign(receipt.message())));
    }

    private static String base64(byte[] signature) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    /** Waits until the writer is done. */
    private StoredReceipt onlyStored() {
        book.stop();
        List<StoredReceipt> all = database.receipts().latest(9);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
