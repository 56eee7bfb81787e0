package com.peerllm.orchestrator;

import static com.peerllm.orchestrator.LyingHost.ANSWER;
import static com.peerllm.orchestrator.LyingHost.PROMPT_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.audit.AuditRule;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import com.peerllm.shared.wire.JobFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Hosts that lie for money, and auditors that lie: nobody earns from it. After each test the ledger adds up. */
@Timeout(60)
class LiesTest {
    private static final long DOLLAR = 1_000_000_000L;
    private static final String TRUTH = LyingHost.text(ANSWER);

    /** What the honest answer costs, at $0.50 and $1.50 a million. */
    private static final long PRICE = PROMPT_TOKENS * 500L + ANSWER.size() * 1500L;

    @TempDir
    private Path data;

    private TestNetwork network;
    private String key;

    @BeforeEach
    void start() {
        // Quick enough to wait for what never comes.
        network = new TestNetwork(data, new AuditRule(10, 0.02, Duration.ofSeconds(1), Duration.ofSeconds(3)));
        key = network.consumer("ann", "1.00");
    }

    @AfterEach
    void theLedgerAddsUpAndNothingIsHeld() {
        network.closeWhenAllIsPaid();
    }

    @Test
    void anHonestPartIsConfirmedByOneOtherHostAndPaid() throws Exception {
        ScriptedHost host = LyingHost.honest(network, 100_000);
        ScriptedHost auditor = LyingHost.auditor(network);

        assertThat(ask()).isEqualTo(TRUTH);
        Receipt receipt = host.awaitReceipt();
        assertThat(receipt.completionTokens()).isEqualTo(ANSWER.size());
        assertThat(audits(auditor)).singleElement().satisfies(offer -> {
            assertThat(offer.tokens()).isEqualTo(ANSWER);
            assertThat(offer.before()).isEmpty();
            assertThat(offer.messages().getFirst().content()).isEqualTo("Hi");
            assertThat(offer.ended()).isTrue();
        });
        assertThat(audits(host)).isEmpty();
    }

    @Test
    void eachPartOfAnAnswerThatMovedIsCheckedForItself() throws Exception {
        ScriptedHost auditor = LyingHost.auditor(network);
        Duel duel = duel("", (self, offer) -> {
            self.started(offer, PROMPT_TOKENS);
            LyingHost.frame(self, offer, 0, new int[] {100}, "The");
            LyingHost.frame(self, offer, 1, new int[] {101}, " map");
            self.fail(offer, JobFailure.HOST_PAUSED);
        });

        assertThat(duel.answer().text()).isEqualTo(TRUTH);
        assertThat(duel.liar().awaitReceipt().completionTokens()).isEqualTo(2);
        assertThat(duel.honest().awaitReceipt().completionTokens()).isEqualTo(2);
        List<AuditOffer> offers = Stream.of(duel.liar(), duel.honest(), auditor)
                .flatMap(host -> audits(host).stream())
                .toList();
        assertThat(offers).hasSize(2);
        assertThat(offers).anySatisfy(offer -> {
            assertThat(offer.tokens()).containsExactly(100, 101);
            assertThat(offer.ended()).isFalse();
        });
        assertThat(offers).anySatisfy(offer -> {
            assertThat(offer.before()).containsExactly(100, 101);
            assertThat(offer.tokens()).containsExactly(102, 103);
            assertThat(offer.ended()).isTrue();
        });
    }

    @Test
    void textThatIsNotWhatItsIdsSayIsNotPaid() {
        assertEarnsNothing((self, offer) -> self.answerIds(offer, PROMPT_TOKENS, ANSWER, ids -> " gold"));
    }

    /** Another model's vocabulary, cut otherwise: valid ids, and text that they do not say here. */
    @Test
    void theTextOfAnotherModelIsNotPaid() {
        assertEarnsNothing((self, offer) -> self.answerIds(offer, PROMPT_TOKENS, List.of(300, 301), ids -> "The map"));
    }

    @Test
    void aPromptCountedTooHighIsNotPaidAlthoughItIsBelowTheBound() {
        assertEarnsNothing((self, offer) -> self.answerIds(offer, 100, ANSWER, LyingHost::text));
    }

    @Test
    void anAnswerPaddedWithEndsIsNotPaid() {
        List<Integer> padded = new ArrayList<>(ANSWER);
        padded.addAll(Collections.nCopies(50, LyingHost.END));
        assertEarnsNothing((self, offer) -> self.answerIds(offer, PROMPT_TOKENS, padded, LyingHost::text));
    }

    /** The consumer has what the liar said, and pays nothing for it; before long nobody asks the liar. */
    private void assertEarnsNothing(BiConsumer<ScriptedHost, JobOffer> lie) {
        ScriptedHost liar = LyingHost.liar(network, lie);
        LyingHost.auditor(network);
        LyingHost.auditor(network);
        String name = liar.identity.hostId().pseudonym();

        for (int lies = 1; lies <= 3; lies++) {
            TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
            assertThat(answer.json().at("/peerllm/hosts/0").asString()).isEqualTo(name);
            await().untilAsserted(() -> assertThat(held()).isZero());
        }
        assertThat(earned(liar)).isZero();
        assertThat(liar.receipts).isEmpty();
        assertThat(network.posted("consumer:ann")).isEqualTo(DOLLAR);
        assertThat(score(liar)).as("excluded").isZero();
        LyingHost.honest(network);
        assertThat(ask()).isEqualTo(TRUTH);
    }

    @Test
    void tokensThatSayNothingAreTakenBackAndTheAnswerGoesOnElsewhere() throws Exception {
        Duel duel = duel("", (self, offer) -> {
            self.started(offer, PROMPT_TOKENS);
            LyingHost.frame(self, offer, 0, new int[] {100}, "The");
            for (int i = 1; i < 700; i++) LyingHost.frame(self, offer, i, new int[] {LyingHost.SILENT}, "");
        });

        assertThat(duel.answer().text()).isEqualTo(TRUTH);
        assertThat(duel.answer().json().at("/usage/completion_tokens").asInt()).isEqualTo(ANSWER.size());
        assertThat(duel.liar().awaitReceipt().completionTokens()).isEqualTo(1);
        assertThat(duel.honest().awaitReceipt().completionTokens()).isEqualTo(ANSWER.size() - 1);
        assertThat(network.posted("consumer:ann")).isEqualTo(DOLLAR - PRICE);
        assertThat(score(duel.liar())).isLessThan(duel.scoreBefore());
    }

    @Test
    void whoSaysNothingAtAllIsNotPaidForThePromptEither() throws Exception {
        Duel duel = duel("", (self, offer) -> {
            self.started(offer, PROMPT_TOKENS);
            for (int i = 0; i < 700; i++) LyingHost.frame(self, offer, i, new int[] {LyingHost.SILENT}, "");
        });

        assertThat(duel.answer().text()).isEqualTo(TRUTH);
        assertThat(duel.honest().awaitReceipt().promptTokens()).isEqualTo(PROMPT_TOKENS);
        assertThat(earned(duel.liar())).isZero();
    }

    /** A consumer that forces such tokens pays for them, and no host is blamed. */
    @Test
    void tokensThatTheConsumerForcedArePaid() throws Exception {
        ScriptedHost host = LyingHost.liar(
                network,
                (self, offer) -> self.answerIds(
                        offer, PROMPT_TOKENS, Collections.nCopies(300, LyingHost.SILENT), LyingHost::text));
        network.chat(key, TestNetwork.question(",\"logit_bias\":{\"" + LyingHost.SILENT + "\":100}"));
        assertThat(host.awaitReceipt().completionTokens()).isEqualTo(300);
    }

    @Test
    void framesWithNeitherTextNorIdsEndTheJobThere() throws Exception {
        assertIsReplaced((self, offer) -> {
            self.started(offer, PROMPT_TOKENS);
            LyingHost.frame(self, offer, 0, new int[0], "");
        });
    }

    @Test
    void idsOutsideOfTheVocabularyEndTheJobThere() throws Exception {
        assertIsReplaced((self, offer) -> self.answerIds(offer, PROMPT_TOKENS, List.of(1024), ids -> "x"));
    }

    /** The consumer has the true answer from another host, and the liar nothing. */
    private void assertIsReplaced(BiConsumer<ScriptedHost, JobOffer> lie) throws Exception {
        Duel duel = duel("", lie);
        assertThat(duel.answer().text()).isEqualTo(TRUTH);
        duel.honest().awaitReceipt();
        assertThat(earned(duel.liar())).isZero();
        assertThat(score(duel.liar())).isLessThan(duel.scoreBefore());
    }

    private record Duel(ScriptedHost liar, ScriptedHost honest, double scoreBefore, TestNetwork.Answer answer) {}

    /** The liar is asked first, for it is alone; the honest host comes before it lies. */
    private Duel duel(String extras, BiConsumer<ScriptedHost, JobOffer> lie) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        ScriptedHost liar = LyingHost.liar(network, (self, offer) -> {
            asked.countDown();
            try {
                joined.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            lie.accept(self, offer);
        });
        double before = score(liar);
        CompletableFuture<TestNetwork.Answer> answering =
                CompletableFuture.supplyAsync(() -> network.chat(key, TestNetwork.question(extras)));
        asked.await();
        ScriptedHost honest = LyingHost.honest(network);
        joined.countDown();
        return new Duel(liar, honest, before, answering.get());
    }

    @Test
    void askedForLogProbabilitiesCannotBeLeftOut() {
        ScriptedHost lazy = LyingHost.liar(network, LyingHost::answer);
        double before = score(lazy);
        assertThat(network.chat(key, TestNetwork.question(",\"logprobs\":true")).status())
                .isEqualTo(503);
        await().untilAsserted(() -> assertThat(held()).isZero());
        assertThat(earned(lazy)).isZero();
        assertThat(score(lazy)).isLessThan(before);
    }

    @Test
    void aHundredThousandTokensClaimedForTwoArePaidAsTwoAndCostReputation() throws Exception {
        ScriptedHost liar = LyingHost.liar(network, (self, offer) -> {
            self.started(offer, PROMPT_TOKENS);
            LyingHost.frame(self, offer, 0, new int[] {100}, "The");
            LyingHost.frame(self, offer, 1, new int[] {101}, " map");
            self.finish(offer, 100_000, new DeliveryHash(offer.job(), offer.model()).hex());
        });
        double before = score(liar);
        ask();
        Receipt receipt = liar.awaitReceipt();
        assertThat(receipt.completionTokens()).isEqualTo(2);
        assertThat(receipt.hostSignature()).isEmpty();
        await().untilAsserted(() -> assertThat(score(liar)).isLessThan(before));
    }

    @Test
    void anAuditorThatLiesAloneLosesAndTheHonestHostIsPaid() throws Exception {
        ScriptedHost host = LyingHost.honest(network, 100_000);
        ScriptedHost slanderer = LyingHost.auditor(network);
        slanderer.audits = LyingHost::slander;
        double before = score(slanderer);
        LyingHost.auditor(network);

        // Whoever is drawn first: over a few answers the slanderer is.
        for (int i = 0; audits(slanderer).isEmpty() && i < 20; i++) {
            assertThat(ask()).isEqualTo(TRUTH);
            assertThat(host.awaitReceipt().charged().nanoDollars()).isEqualTo(PRICE);
        }
        assertThat(audits(slanderer)).isNotEmpty();
        await().untilAsserted(() -> assertThat(score(slanderer)).isLessThan(before));
    }

    /** Of two hosts that contradict each other nobody knows which lies; the lower count of the prompt is paid. */
    @Test
    void withoutAThirdHostNobodyIsBlamedAndTheLowerCountIsPaid() throws Exception {
        ScriptedHost greedy =
                LyingHost.liar(network, (self, offer) -> self.answerIds(offer, 100, ANSWER, LyingHost::text));
        ScriptedHost other = LyingHost.auditor(network);
        double before = score(other);

        assertThat(ask()).isEqualTo(TRUTH);
        Receipt receipt = greedy.awaitReceipt();
        assertThat(receipt.promptTokens()).isEqualTo(PROMPT_TOKENS);
        assertThat(receipt.completionTokens()).isEqualTo(ANSWER.size());
        assertThat(score(other)).isEqualTo(before);
    }

    @Test
    void aHostThatIsAloneWithItsModelIsPaidUnchecked() throws Exception {
        ScriptedHost alone = LyingHost.honest(network);
        assertThat(ask()).isEqualTo(TRUTH);
        assertThat(alone.awaitReceipt().charged().nanoDollars()).isEqualTo(PRICE);
    }

    @Test
    void hostsThatDoNotAnnounceItAreNotAsked() throws Exception {
        ScriptedHost host = LyingHost.honest(network, 100_000);
        ScriptedHost old = ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), ScriptedHost.model(768, 0), LyingHost::answer);
        assertThat(ask()).isEqualTo(TRUTH);
        host.awaitReceipt();
        assertThat(audits(old)).isEmpty();
    }

    @Test
    void anAuditorThatSaysNothingOrCannotDelaysThePayAndDoesNotPreventIt() throws Exception {
        ScriptedHost host = LyingHost.honest(network, 100_000);
        ScriptedHost silent = LyingHost.auditor(network);
        silent.audits = (self, offer) -> {};
        ScriptedHost busy = LyingHost.auditor(network);
        busy.audits = (self, offer) -> self.send(new FromHost.JobFailed(offer.stream(), JobFailure.BUSY, "busy"));
        ScriptedHost leaving = LyingHost.auditor(network);
        leaving.audits = (self, offer) -> self.vanish();

        assertThat(ask()).isEqualTo(TRUTH);
        assertThat(host.awaitReceipt().charged().nanoDollars()).isEqualTo(PRICE);
    }

    @Test
    void nothingIsPaidBeforeTheVerdict() throws Exception {
        ScriptedHost host = LyingHost.honest(network, 100_000);
        CountDownLatch checked = new CountDownLatch(1);
        ScriptedHost auditor = LyingHost.auditor(network);
        List<AuditOffer> asked = Collections.synchronizedList(new ArrayList<>());
        auditor.audits = (self, offer) -> {
            asked.add(offer);
            checked.countDown();
        };
        ask();
        checked.await();
        assertThat(earned(host)).isZero();
        assertThat(held()).isPositive();
        LyingHost.check(auditor, asked.getFirst());
        host.awaitReceipt();
        await().untilAsserted(() -> assertThat(held()).isZero());
    }

    @Test
    void knownHostsAreCheckedLessAndLess() throws Exception {
        ScriptedHost host = LyingHost.honest(network, 100_000);
        ScriptedHost auditor = LyingHost.auditor(network);
        for (int i = 0; i < 60; i++) {
            ask();
            host.awaitReceipt();
        }
        // All of the first ten, then one in ten, one in eleven, ...
        assertThat(audits(auditor).size()).isBetween(10, 30);
    }

    private String ask() {
        return network.chat(key, TestNetwork.question("")).text();
    }

    private static List<AuditOffer> audits(ScriptedHost host) {
        return host.received.stream()
                .filter(AuditOffer.class::isInstance)
                .map(AuditOffer.class::cast)
                .toList();
    }

    private long earned(ScriptedHost host) {
        return network.posted(AccountId.ofHost(host.identity.hostId()).value());
    }

    private long held() {
        return DOLLAR - available() - (DOLLAR - network.posted("consumer:ann"));
    }

    private long available() {
        return network.get("/v1/balance", key)
                .json()
                .path("available_nanodollars")
                .asLong();
    }

    private double score(ScriptedHost host) {
        for (JsonNode each : network.get("/hosts", key).json().path("data")) {
            if (each.path("id").asString().equals(host.identity.hostId().value()))
                return each.at("/models/0/score").asDouble();
        }
        throw new AssertionError("The host is gone");
    }
}
