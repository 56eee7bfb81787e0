package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.TestNetwork.Answer;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.RefusalCode;
import com.peerllm.shared.wire.WireCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What an answer costs: hosts ask, the network has a price, consumers say the most they pay; over real sockets, to the
 * nano-dollar. The network's price is 0.50 and 1.50 dollars for a million tokens, each consumer has one dollar.
 */
@Timeout(60)
class PricesTest {
    private static final String HELD = "x-peerllm-held-nanodollars";
    private static final TokenPrice LARGEST = new TokenPrice(new Credits(Long.MAX_VALUE), new Credits(Long.MAX_VALUE));
    private static final BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> FOUR_WORDS =
            (self, offer) -> self.answer(offer, "a", " b", " c", " d");

    private TestNetwork network;
    private String key;

    @BeforeEach
    void start(@TempDir Path data) {
        network = new TestNetwork(data);
        key = network.consumer("ann", "1");
    }

    @AfterEach
    void stop() {
        network.closeWhenAllIsPaid();
    }

    private static TokenPrice dollars(String prompt, String completion) {
        return new TokenPrice(Credits.parseDollars(prompt), Credits.parseDollars(completion));
    }

    private static AnnouncedModel asking(String prompt, String completion) {
        return ScriptedHost.able(4).asking(dollars(prompt, completion));
    }

    private ScriptedHost join(AnnouncedModel model, BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model, work);
    }

    private static String upTo(String prompt, String completion) {
        return ",\"peerllm\":{\"max_price\":{\"prompt\":\"" + prompt + "\",\"completion\":\"" + completion + "\"}}";
    }

    private long earned(ScriptedHost host) {
        return network.posted(AccountId.ofHost(host.identity.hostId()).value());
    }

    private void publish(TokenPrice price, Optional<AdminCommand.Royalty> royalty) {
        network.admin(new AdminCommand.PublishModel(
                new ModelId(ScriptedHost.MODEL_ID), ScriptedHost.MODEL, 1_531_744, Optional.empty(), price, royalty));
    }

    private JsonNode priceOf(String model) {
        Answer answer = network.send(
                new Request.Builder().url(network.url() + "/prices/" + model).build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertTooDear(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(402);
        assertThat(answer.code()).isEqualTo("price_too_high");
        assertThat(answer.json().at("/error/param").asString()).isEqualTo("peerllm.max_price");
        assertThat(answer.headers().get("retry-after")).isNull();
    }

    @Test
    void consumerHostNetworkAndCreatorEndWithTheExactAmounts() throws Exception {
        AccountId creator = AccountId.of("creator", "acme");
        publish(dollars("0.50", "1.50"), Optional.of(new AdminCommand.Royalty(Optional.of(creator), 250)));
        ScriptedHost host = join(asking("0.40", "1.20"), FOUR_WORDS);

        Answer answer = network.chat(key, TestNetwork.question(""));

        // 10 x 400 + 4 x 1,200 = 8,800; 5 % of it 440; 2.5 % of the 8,360 that remain 209.
        JsonNode extras = answer.json().path("peerllm");
        assertThat(extras.path("price_nanodollars").asLong()).isEqualTo(8_800);
        JsonNode part = extras.path("parts").path(0);
        assertThat(part.path("host").asString())
                .isEqualTo(host.identity.hostId().pseudonym());
        assertThat(part.path("prompt_nanodollars_per_million").asLong()).isEqualTo(400_000_000);
        assertThat(part.path("completion_nanodollars_per_million").asLong()).isEqualTo(1_200_000_000);
        assertThat(part.path("price_nanodollars").asLong()).isEqualTo(8_800);
        Receipt receipt = host.awaitReceipt();
        assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults()).isEmpty();
        assertThat(receipt.price()).isEqualTo(dollars("0.40", "1.20"));
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000 - 8_800);
        assertThat(network.posted("network:fees")).isEqualTo(440);
        assertThat(network.posted("creator:acme")).isEqualTo(209);
        assertThat(earned(host)).isEqualTo(8_151);
    }

    @Test
    void aLimitThatIsExactlyTheAskIsEnoughAndANanoDollarLessIsNot() {
        try (ScriptedHost host = join(asking("0.60", "1.70"), FOUR_WORDS)) {
            Answer exact = network.chat(key, TestNetwork.question(upTo("0.60", "1.70")));
            assertThat(exact.text()).as(exact.body()).isEqualTo("a b c d");
            assertThat(exact.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(10 * 600 + 4 * 1_700);

            assertTooDear(network.chat(key, TestNetwork.question(upTo("0.599999999", "1.70"))));
            Answer dear = network.chat(key, TestNetwork.question(upTo("0.60", "1.699999999")));
            assertTooDear(dear);
            assertThat(dear.json().at("/error/message").asString()).contains("$1.699999999", "$1.700000000");
            assertThat(host.received.stream().filter(FromOrchestrator.JobOffer.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    void aHostThatAsksMoreThanTheNetworkServesOnlyWhoAllowsIt() {
        try (ScriptedHost _ = join(asking("0.50", "1.500000001"), FOUR_WORDS)) {
            assertTooDear(network.chat(key, TestNetwork.question("")));
            // What is left out of the limit is the network's price, not any price.
            assertTooDear(
                    network.chat(key, TestNetwork.question(",\"peerllm\":{\"max_price\":{\"prompt\":\"0.60\"}}")));

            Answer answer =
                    network.chat(key, TestNetwork.question(",\"peerllm\":{\"max_price\":{\"completion\":\"2\"}}"));
            assertThat(answer.text()).as(answer.body()).isEqualTo("a b c d");
            assertThat(answer.json()
                            .at("/peerllm/parts/0/completion_nanodollars_per_million")
                            .asLong())
                    .isEqualTo(1_500_000_001);
        }
    }

    @Test
    void hostsThatAskTooMuchAreCountedByNameBesideTheOthers() {
        try (ScriptedHost _ = join(asking("9", "9"), FOUR_WORDS);
                ScriptedHost _ = join(ScriptedHost.model(16, 4), FOUR_WORDS)) {
            String longer = TestNetwork.question("").replace("Hi", "Hi there! ".repeat(40));
            Answer answer = network.chat(key, longer);

            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.json().at("/error/message").asString())
                    .contains("1 costs more than the request allows", "1 offers a shorter context");
        }
    }

    @Test
    void aHostThatAsksNothingAtAllIsPaidNothing() throws Exception {
        try (ScriptedHost host = join(asking("0", "0"), FOUR_WORDS)) {
            Answer answer = network.chat(key, TestNetwork.question(upTo("0", "0")));

            assertThat(answer.text()).as(answer.body()).isEqualTo("a b c d");
            assertThat(answer.headers().get(HELD)).isEqualTo("8");
            assertThat(answer.json().at("/peerllm/price_nanodollars").asLong()).isZero();
            Receipt receipt = host.awaitReceipt();
            assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults())
                    .isEmpty();
            assertThat(receipt.charged()).isEqualTo(Credits.ZERO);
            assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000);
        }
    }

    @Test
    void theLargestAskOf64BitsHarmsNobody() {
        try (ScriptedHost greedy = join(ScriptedHost.model(2_000_000, 4).asking(LARGEST), FOUR_WORDS)) {
            assertTooDear(network.chat(key, TestNetwork.question("")));
            String any = upTo("9223372036.854775807", "9223372036.854775807");
            assertThat(network.chat(key, TestNetwork.question(any)).code()).isEqualTo("insufficient_balance");
            assertThat(network.chat(key, TestNetwork.question(any.replace("{\"max", "{\"estimate\":true,\"max")))
                            .json()
                            .path("held_nanodollars")
                            .asLong())
                    .isEqualTo(Long.MAX_VALUE);
            assertThat(priceOf(ScriptedHost.MODEL_ID)
                            .at("/lowest_ask/prompt_nanodollars_per_million")
                            .asLong())
                    .isEqualTo(Long.MAX_VALUE);

            try (ScriptedHost _ = join(ScriptedHost.able(4), FOUR_WORDS)) {
                assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);
            }
            assertThat(greedy.received).noneMatch(FromOrchestrator.JobOffer.class::isInstance);
        }
    }

    @Test
    void anAskBelowZeroEndsTheConnection() {
        String bad = WireCodec.encode(new FromHost.ModelsChanged(List.of(asking("0.40", "1.20"))))
                .replace("400000000", "-1");
        try (ScriptedHost host = join(ScriptedHost.able(4), FOUR_WORDS)) {
            host.sendText(bad);

            assertThat(host.awaitRefusal().code()).isEqualTo(RefusalCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void whatContinuesOnADearerHostIsSetAsideAtTheLimitAndPaidToEachAtItsOwnPrice() throws Exception {
        ScriptedHost[] second = new ScriptedHost[1];
        ScriptedHost first = join(asking("0.10", "0.30"), (self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            second[0] = join(asking("0.45", "1.45"), FOUR_WORDS);
            self.fail(offer, JobFailure.ENGINE_LOST);
        });

        Answer answer = network.chat(
                key,
                TestNetwork.question(
                        ",\"stream\":true,\"max_tokens\":100,\"stream_options\":{\"include_usage\":true}"));

        assertThat(answer.streamedText()).isEqualTo("a b c d");
        JsonNode extras = answer.chunks().stream()
                .filter(chunk -> chunk.has("peerllm"))
                .findFirst()
                .orElseThrow()
                .path("peerllm");
        long ofFirst = 10 * 100 + 300;
        long ofSecond = 3 * 1_450;
        assertThat(extras.path("parts")).hasSize(2);
        assertThat(extras.at("/parts/0/price_nanodollars").asLong()).isEqualTo(ofFirst);
        assertThat(extras.at("/parts/1/price_nanodollars").asLong()).isEqualTo(ofSecond);
        assertThat(extras.at("/parts/1/completion_nanodollars_per_million").asLong())
                .isEqualTo(1_450_000_000);
        assertThat(extras.path("price_nanodollars").asLong()).isEqualTo(ofFirst + ofSecond);
        assertThat(first.awaitReceipt().price()).isEqualTo(dollars("0.10", "0.30"));
        assertThat(second[0].awaitReceipt().price()).isEqualTo(dollars("0.45", "1.45"));
        JsonNode estimate = network.chat(
                        key, TestNetwork.question(",\"max_tokens\":100,\"peerllm\":{\"estimate\":true}"))
                .json();
        long atTheLimit = estimate.path("prompt_tokens_at_most").asLong() * 500 + 100 * 1_500 + 8;
        assertThat(answer.headers().get(HELD)).isEqualTo(Long.toString(atTheLimit));
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000 - ofFirst - ofSecond);
        assertThat(network.get("/v1/balance", key)
                        .json()
                        .path("held_nanodollars")
                        .asLong())
                .isZero();
    }

    @Test
    void anAnswerDoesNotContinueOnAHostThatAsksMoreThanTheRequestAllows() {
        ScriptedHost[] dear = new ScriptedHost[1];
        join(asking("0.10", "0.30"), (self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            dear[0] = join(asking("0.10", "1.51"), FOUR_WORDS);
            self.fail(offer, JobFailure.ENGINE_LOST);
        });

        Answer answer = network.chat(key, TestNetwork.question(",\"stream\":true"));

        assertThat(answer.body()).contains("\"code\":\"hosts_failed\"");
        assertThat(dear[0].received).noneMatch(FromOrchestrator.JobOffer.class::isInstance);
        await().untilAsserted(() -> assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000 - 1_300));
    }

    @Test
    void aHostThatChangesItsAskWhileItAnswersIsPaidWhatWasAgreed() throws Exception {
        TokenPrice agreed = dollars("0.40", "1.20");
        ScriptedHost host = join(ScriptedHost.able(4).asking(agreed), (self, offer) -> {
            assertThat(offer.price()).contains(agreed);
            self.send(new FromHost.ModelsChanged(List.of(asking("0.50", "1.50"))));
            await().untilAsserted(() -> assertThat(priceOf(ScriptedHost.MODEL_ID)
                            .at("/lowest_ask/prompt_nanodollars_per_million")
                            .asLong())
                    .isEqualTo(500_000_000));
            self.answer(offer, "a", " b", " c", " d");
        });

        Answer answer = network.chat(key, TestNetwork.question(""));

        assertThat(answer.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(8_800);
        assertThat(host.awaitReceipt().price()).isEqualTo(agreed);
    }

    @Test
    void textsAndVectorsHaveAsksToo() throws Exception {
        try (ScriptedHost host = join(asking("0.40", "1.20"), FOUR_WORDS)) {
            Answer text = network.completion(key, TestNetwork.beginning(""));
            assertThat(text.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(8_800);
            assertThat(text.json().at("/peerllm/parts/0/completion_tokens").asInt())
                    .isEqualTo(4);
            assertTooDear(network.completion(key, TestNetwork.beginning(upTo("0.39", "1.20"))));
            JsonNode estimate = network.completion(key, TestNetwork.beginning(",\"peerllm\":{\"estimate\":true}"))
                    .json();
            assertThat(estimate.path("completion_tokens_at_most").asInt()).isEqualTo(16);
            assertThat(text.headers().get(HELD))
                    .isEqualTo(estimate.path("held_nanodollars").asString());
            host.awaitReceipt();
        }
        await().until(() -> network.get("/hosts", key).json().path("total").asInt() == 0);
        try (ScriptedHost encoder =
                join(ScriptedHost.embedder(768).asking(dollars("0.02", "7")), (self, offer) -> {})) {
            encoder.embeds = (self, offer) -> {
                assertThat(offer.price()).contains(dollars("0.02", "7"));
                self.embed(offer, 7, EmbeddingVector.of(new float[] {1, 0}));
            };
            String body = "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"input\":\"a\"";
            assertTooDear(network.embeddings(key, body + "}"));

            Answer vectors = network.embeddings(key, body + upTo("0.02", "7") + "}");
            assertThat(vectors.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(140);
            assertThat(vectors.json()
                            .at("/peerllm/parts/0/prompt_nanodollars_per_million")
                            .asLong())
                    .isEqualTo(20_000_000);
            assertThat(encoder.awaitReceipt().price()).isEqualTo(dollars("0.02", "7"));
            JsonNode estimate = network.embeddings(
                            key, body + upTo("0.02", "7").replace("{\"max", "{\"estimate\":true,\"max") + "}")
                    .json();
            assertThat(vectors.headers().get(HELD))
                    .isEqualTo(estimate.path("held_nanodollars").asString());
        }
    }

    @Test
    void anEstimateIsWhatWouldBeSetAsideAndNothingHappens() {
        try (ScriptedHost host = join(asking("0.40", "1.20"), FOUR_WORDS)) {
            String wishes =
                    ",\"n\":2,\"max_tokens\":50,\"peerllm\":{\"estimate\":true,\"max_price\":{\"completion\":\"3\"}}";
            Answer answer = network.chat(key, TestNetwork.question(wishes));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode estimate = answer.json();
            assertThat(estimate.path("object").asString()).isEqualTo("price_estimate");
            assertThat(estimate.path("completion_tokens_at_most").asInt()).isEqualTo(100);
            long prompt = estimate.path("prompt_tokens_at_most").asLong();
            assertThat(estimate.path("held_nanodollars").asLong()).isEqualTo(prompt * 500 + 100 * 3_000 + 16);
            assertThat(estimate.at("/lowest_ask/completion_nanodollars_per_million")
                            .asLong())
                    .isEqualTo(1_200_000_000);
            assertThat(answer.headers().get(HELD)).isNull();
            assertThat(host.received).noneMatch(FromOrchestrator.JobOffer.class::isInstance);
            assertThat(network.get("/v1/balance", key)
                            .json()
                            .path("available_nanodollars")
                            .asLong())
                    .isEqualTo(1_000_000_000);

            Answer run = network.chat(key, TestNetwork.question(wishes.replace("\"estimate\":true,", "")));
            assertThat(run.headers().get(HELD))
                    .isEqualTo(estimate.path("held_nanodollars").asString());
            String tooLong =
                    TestNetwork.question(",\"peerllm\":{\"estimate\":true}").replace("Hi", "x".repeat(9_000));
            assertThat(network.chat(key, tooLong).code()).isEqualTo("context_length_exceeded");
        }
    }

    @Test
    void listsTheNetworksPriceTheLowestAskAndTheOneInTheMiddle() {
        String none = priceOf(ScriptedHost.MODEL_ID).path("lowest_ask").toString();
        assertThat(none).isEqualTo("null");
        join(asking("0.10", "0.30"), FOUR_WORDS);
        join(asking("9", "9"), FOUR_WORDS);
        ScriptedHost plain = join(ScriptedHost.able(4), FOUR_WORDS);

        JsonNode model = network.get("/v1/models", key).json().at("/data/0/peerllm");
        assertThat(model.path("prompt_nanodollars_per_million").asLong()).isEqualTo(500_000_000);
        assertThat(model.at("/lowest_ask/completion_nanodollars_per_million").asLong())
                .isEqualTo(300_000_000);
        assertThat(model.at("/median_ask/completion_nanodollars_per_million").asLong())
                .isEqualTo(1_500_000_000);
        assertThat(network.get("/hosts", key).body())
                .contains("\"price\":{\"prompt_nanodollars_per_million\":100000000,");
        plain.close();
        await().untilAsserted(() -> assertThat(priceOf(ScriptedHost.MODEL.hex())
                        .at("/median_ask/completion_nanodollars_per_million")
                        .asLong())
                .isEqualTo(300_000_000));
    }

    @Test
    void aHostIsToldTheTermsBeforeItServes() {
        publish(
                dollars("0.70", "2"),
                Optional.of(new AdminCommand.Royalty(Optional.of(AccountId.of("creator", "acme")), 250)));

        JsonNode terms = priceOf(ScriptedHost.MODEL.hex());
        assertThat(terms.path("model").asString()).isEqualTo(ScriptedHost.MODEL_ID);
        assertThat(terms.at("/network_price/prompt_nanodollars_per_million").asLong())
                .isEqualTo(700_000_000);
        assertThat(terms.path("network_share_basis_points").asInt()).isEqualTo(500);
        assertThat(terms.path("royalty_basis_points").asInt()).isEqualTo(250);
        assertThat(terms.path("creator").asString()).isEqualTo("creator:acme");
        JsonNode unlisted = priceOf("cd".repeat(32));
        assertThat(unlisted.path("model").isNull()).isTrue();
        assertThat(unlisted.at("/network_price/prompt_nanodollars_per_million").asLong())
                .isEqualTo(500_000_000);
        Answer unknown = network.send(
                new Request.Builder().url(network.url() + "/prices/nothing").build());
        assertThat(unknown.code()).isEqualTo("model_not_found");
    }

    @Test
    void aNewPriceOfTheNetworkIsThatOfAllConnectedHostsThatAskNothing() {
        ScriptedHost plain = join(ScriptedHost.able(4), FOUR_WORDS);
        publish(dollars("0.20", "0.80"), Optional.empty());

        await().untilAsserted(() -> assertThat(priceOf(ScriptedHost.MODEL_ID)
                        .at("/lowest_ask/prompt_nanodollars_per_million")
                        .asLong())
                .isEqualTo(200_000_000));
        Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(10 * 200 + 4 * 800);
        assertThat(plain.received.stream()
                        .filter(FromOrchestrator.JobOffer.class::isInstance)
                        .map(FromOrchestrator.JobOffer.class::cast)
                        .findFirst()
                        .flatMap(FromOrchestrator.JobOffer::price))
                .contains(dollars("0.20", "0.80"));
    }
}
