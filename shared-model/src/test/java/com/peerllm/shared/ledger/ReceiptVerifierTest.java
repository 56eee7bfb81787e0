package com.peerllm.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.ReceiptVerifier.Verdict;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A receipt holds as it was issued, and with no field changed. */
class ReceiptVerifierTest {
    private static final PeerIdentity ORCHESTRATOR = PeerIdentity.generate();
    private static final PeerIdentity HOST = PeerIdentity.generate();
    private static final PeerIdentity STRANGER = PeerIdentity.generate();
    private static final String ORCHESTRATORS = "The orchestrator's signature does not fit the content";
    private static final String HOSTS = "The host's signature does not fit the delivered tokens";
    private static final String PRICE = "The amount charged is not the price of these tokens";
    private static final String SHARES = "The shares do not add up to the amount charged";
    private static final Receipt GENUINE = issue(Optional.of(HOST));

    @Test
    void aReceiptHoldsAsItWasIssued() {
        Verdict verdict = ReceiptVerifier.verify(GENUINE, Optional.of(ORCHESTRATOR.publicKey()));

        assertThat(verdict).isEqualTo(new Verdict(List.of(), true));
    }

    @Test
    void aReceiptOfAHostThatLeftHoldsAndSaysThatItDidNotSign() {
        Verdict verdict = ReceiptVerifier.verify(issue(Optional.empty()), Optional.of(ORCHESTRATOR.publicKey()));

        assertThat(verdict).isEqualTo(new Verdict(List.of(), false));
    }

    @Test
    void anotherOrchestratorsReceiptIsNotTrusted() {
        assertThat(ReceiptVerifier.verify(GENUINE, Optional.of(STRANGER.publicKey()))
                        .faults())
                .containsExactly("It is signed by another orchestrator than the one expected");
    }

    /** Each field changed alone, with all that is found wrong then. */
    @TestFactory
    Stream<DynamicTest> aChangedFieldIsFound() {
        Map<String, Tampering> changes = Map.ofEntries(
                change("orchestrator", old -> "another", ORCHESTRATORS),
                change("job", old -> new JobId("job_" + "1".repeat(32)), ORCHESTRATORS, HOSTS),
                change("segment", old -> 1, ORCHESTRATORS),
                change("settledAtMillis", old -> 2L, ORCHESTRATORS),
                change("host", old -> STRANGER.hostId(), ORCHESTRATORS, "The host's id does not follow from its key"),
                change(
                        "hostKey",
                        old -> STRANGER.publicKey(),
                        ORCHESTRATORS,
                        "The host's id does not follow from its key",
                        HOSTS),
                change("model", old -> new ModelId("other"), ORCHESTRATORS),
                change("modelDigest", old -> new ModelDigest("cd".repeat(32)), ORCHESTRATORS, HOSTS),
                change("promptTokens", old -> 1_001, ORCHESTRATORS, PRICE),
                change("completionTokens", old -> 4_501, ORCHESTRATORS, HOSTS, PRICE),
                change("price", old -> new TokenPrice(Credits.ZERO, Credits.ofDollars(3)), ORCHESTRATORS, PRICE),
                change("charged", old -> new Credits(10_000_001), ORCHESTRATORS, PRICE, SHARES),
                change("hostShare", old -> new Credits(0), ORCHESTRATORS, SHARES),
                change("networkShare", old -> new Credits(0), ORCHESTRATORS, SHARES),
                change("creatorShare", old -> new Credits(0), ORCHESTRATORS, SHARES),
                change("deliveryHash", old -> "ab".repeat(32), ORCHESTRATORS, HOSTS),
                change("hostSignature", old -> Optional.of(signature(STRANGER, GENUINE)), ORCHESTRATORS, HOSTS),
                change("orchestratorKey", old -> STRANGER.publicKey(), ORCHESTRATORS),
                change("orchestratorSignature", old -> "bm90IG9uZQ", ORCHESTRATORS),
                change("creator", old -> Optional.of(new AccountId("creator:eve")), ORCHESTRATORS),
                change("consumer", old -> Optional.of("ba".repeat(32)), ORCHESTRATORS),
                // Not signed: the checkpoint of the log proves it, or does not.
                change("leaf", old -> Optional.of(8L)));
        assertThat(changes.keySet())
                .containsExactlyInAnyOrder(Arrays.stream(Receipt.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toArray(String[]::new));
        return changes.entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(
                        change.getKey(), () -> change.getValue().check(change.getKey())));
    }

    @Test
    void aDroppedHostSignatureIsFound() {
        assertThat(ReceiptVerifier.verify(with("hostSignature", old -> Optional.empty()), Optional.empty())
                        .faults())
                .containsExactly(ORCHESTRATORS);
    }

    @Test
    void aCreatorThatNobodySignedForIsFound() {
        assertThat(ReceiptVerifier.verify(with("consumer", old -> Optional.empty()), Optional.empty())
                        .faults())
                .containsExactly(ORCHESTRATORS, "It names a creator in a form that does not sign one");
    }

    @Test
    void amountsOutOfRangeAreAFaultAndNotAnError() {
        Receipt absurd = with("hostShare", old -> new Credits(Long.MAX_VALUE));

        assertThat(ReceiptVerifier.verify(absurd, Optional.empty()).faults()).contains("The amounts are out of range");
    }

    @Test
    void aNegativeShareIsAFaultEvenWhenTheSharesAddUp() {
        Receipt odd = with("creatorShare", old -> new Credits(-1));

        assertThat(ReceiptVerifier.verify(odd, Optional.empty()).faults()).contains("A share is negative");
    }

    private static Map.Entry<String, Tampering> change(
            String field, UnaryOperator<Object> tampering, String... faults) {
        return Map.entry(field, new Tampering(tampering, faults));
    }

    private record Tampering(UnaryOperator<Object> tampering, String[] faults) {
        void check(String field) {
            Receipt tampered = with(field, tampering);
            assertThat(tampered).isNotEqualTo(GENUINE);
            assertThat(ReceiptVerifier.verify(tampered, Optional.empty()).faults())
                    .containsExactly(faults);
        }
    }

    /** The genuine receipt with one field changed. */
    private static Receipt with(String field, UnaryOperator<Object> tampering) {
        RecordComponent[] components = Receipt.class.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object old = components[i].getAccessor().invoke(GENUINE);
                values[i] = components[i].getName().equals(field) ? tampering.apply(old) : old;
            }
            return Receipt.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e instanceof InvocationTargetException made ? made.getCause() : e);
        }
    }

    private static Receipt issue(Optional<PeerIdentity> signer) {
        TokenPrice price = new TokenPrice(Credits.ofDollars(1), Credits.ofDollars(2));
        Credits charged = price.cost(1_000, 4_500);
        RevenueSplit.Shares shares = new RevenueSplit(500, 1_000).of(charged);
        PeerKey hostKey = HOST.publicKey();
        Receipt unsigned = new Receipt(
                "test",
                new JobId("job_" + "0".repeat(32)),
                0,
                1,
                HostId.of(hostKey),
                hostKey,
                new ModelId("sprout"),
                new ModelDigest("ab".repeat(32)),
                1_000,
                4_500,
                price,
                charged,
                shares.host(),
                shares.network(),
                shares.creator(),
                "ef".repeat(32),
                Optional.empty(),
                ORCHESTRATOR.publicKey(),
                "",
                Optional.of(new AccountId("creator:carol")),
                Optional.of("ab".repeat(32)),
                Optional.of(7L));
        Receipt delivered = signer.map(host -> withHostSignature(unsigned, signature(host, unsigned)))
                .orElse(unsigned);
        byte[] signature = ORCHESTRATOR.sign(delivered.message());
        return delivered.withOrchestratorSignature(text(signature));
    }

    private static Receipt withHostSignature(Receipt r, String signature) {
        return new Receipt(
                r.orchestrator(),
                r.job(),
                r.segment(),
                r.settledAtMillis(),
                r.host(),
                r.hostKey(),
                r.model(),
                r.modelDigest(),
                r.promptTokens(),
                r.completionTokens(),
                r.price(),
                r.charged(),
                r.hostShare(),
                r.networkShare(),
                r.creatorShare(),
                r.deliveryHash(),
                Optional.of(signature),
                r.orchestratorKey(),
                r.orchestratorSignature(),
                r.creator(),
                r.consumer(),
                r.leaf());
    }

    private static String signature(PeerIdentity host, Receipt receipt) {
        return text(host.sign(receipt.deliveryStatement().message()));
    }

    private static String text(byte[] signature) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
