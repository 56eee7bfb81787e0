package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.accounts.KeyChange;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.ledger.SpendLimit;
import com.peerllm.orchestrator.ledger.SpendLimit.Period;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a key may do, spend and how fast, over real sockets. */
@Timeout(60)
class KeyLimitsTest {
    /** Ten prompt tokens and one completion token at the default price. */
    private static final long COST = 10 * 500 + 1500;

    @TempDir
    private Path data;

    private TestNetwork network;
    private String standard;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        standard = network.consumer("ann", "1.00");
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));
    }

    @AfterEach
    void theLedgerAddsUpAndNothingIsHeld() {
        network.closeWhenAllIsPaid();
    }

    private static KeyTerms scopes(Scope... scopes) {
        return new KeyTerms(
                Set.of(scopes), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    private static KeyTerms perMinute(OptionalInt requests, OptionalInt tokens) {
        return new KeyTerms(Scope.OF_A_CONSUMER, Optional.empty(), requests, tokens, Optional.empty());
    }

    private static KeyTerms spending(long most, Period period) {
        return new KeyTerms(
                Scope.OF_A_CONSUMER,
                Optional.of(new SpendLimit(new Credits(most), period)),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static String small() {
        return TestNetwork.questionWithSystem(",\"max_tokens\":1");
    }

    private static long number(TestNetwork.Answer answer, String header) {
        return Long.parseLong(answer.headers().get(header));
    }

    @ParameterizedTest
    @CsvSource({"MODELS,/v1/models", "ACCOUNT,/v1/balance", "ADMIN,/admin/v1/balances"})
    void aKeyMayDoWhatItsScopesSayAndNothingElse(Scope scope, String path) {
        assertThat(network.get(path, network.key("ann", scopes(scope))).status())
                .isEqualTo(200);

        Scope other = scope == Scope.CHAT ? Scope.MODELS : Scope.CHAT;
        TestNetwork.Answer refused = network.get(path, network.key("ann", scopes(other)));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("insufficient_scope");
        assertThat(refused.headers().get("www-authenticate"))
                .contains("scope=\"" + scope.name().toLowerCase(java.util.Locale.ROOT) + "\"");
    }

    @Test
    void chatsAndEmbeddingsHaveScopesOfTheirOwn() {
        String chats = network.key("ann", scopes(Scope.CHAT));
        String vectors = network.key("ann", scopes(Scope.EMBEDDINGS));

        assertThat(network.chat(chats, small()).status()).isEqualTo(200);
        assertThat(network.chat(vectors, small()).code()).isEqualTo("insufficient_scope");
        assertThat(network.embeddings(chats, "{}").code()).isEqualTo("insufficient_scope");
        assertThat(network.embeddings(vectors, "{}").code()).isEqualTo("missing_required_parameter");
        assertThat(network.get("/admin/v1/audit", standard).code())
                .as("a standard key")
                .isEqualTo("insufficient_scope");
    }

    @Test
    void aKeyThatExpiredSaysSo() {
        KeyTerms terms = new KeyTerms(
                Scope.OF_A_CONSUMER,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(Instant.now().minusSeconds(1)));

        TestNetwork.Answer refused = network.get("/v1/models", network.key("ann", terms));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("has expired");
    }

    @Test
    void requestsPerMinuteAreShownCountedAndRefused() {
        String key = network.key("ann", perMinute(OptionalInt.of(3), OptionalInt.empty()));

        TestNetwork.Answer first = network.get("/v1/models", key);
        assertThat(number(first, "x-ratelimit-limit-requests")).isEqualTo(3);
        assertThat(number(first, "x-ratelimit-remaining-requests")).isEqualTo(2);
        assertThat(first.headers().get("x-ratelimit-reset-requests")).matches("(20|19\\.\\d{1,3})s");
        assertThat(first.headers().get("x-ratelimit-limit-tokens")).isNull();
        assertThat(network.chat(key, "not JSON").status())
                .as("a request that fails counts")
                .isEqualTo(400);
        assertThat(network.chat(key, small()).status()).isEqualTo(200);

        TestNetwork.Answer refused = network.chat(key, small());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refused.json().path("error").path("type").asString()).isEqualTo("requests");
        long millis = number(refused, "retry-after-ms");
        assertThat(millis).isBetween(1L, 20_000L);
        assertThat(number(refused, "retry-after")).isEqualTo((millis + 999) / 1000);
        assertThat(number(refused, "x-ratelimit-remaining-requests")).isZero();
        assertThat(network.get("/v1/models", standard).status())
                .as("another key of the account")
                .isEqualTo(200);
    }

    @Test
    void tokensPerMinuteAreTakenAsAnEstimateAndCorrectedAtTheEnd() {
        String key = network.key("ann", perMinute(OptionalInt.empty(), OptionalInt.of(100_000)));

        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"max_tokens\":60000"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(number(answer, "x-ratelimit-limit-tokens")).isEqualTo(100_000);
        assertThat(number(answer, "x-ratelimit-remaining-tokens")).isBetween(39_000L, 40_000L);
        assertThat(answer.headers().get("x-ratelimit-reset-tokens")).matches("3[56](\\.\\d{1,3})?s");

        await().untilAsserted(() -> assertThat(number(network.get("/v1/models", key), "x-ratelimit-remaining-tokens"))
                .as("11 were used")
                .isGreaterThan(99_900));
        assertThat(network.chat(key, TestNetwork.question(",\"max_tokens\":60000"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokensThatAreNotThereAreRefusedAndThoseOfAFailedRequestComeBack() {
        String key = network.key("ann", perMinute(OptionalInt.empty(), OptionalInt.of(2_000)));
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));
        assertThat(network.chat(
                                key,
                                TestNetwork.question(",\"max_tokens\":700,\"tools\":["
                                        + "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"))
                        .code())
                .as("no host has tools")
                .isEqualTo("no_host");
        assertThat(number(network.get("/v1/models", key), "x-ratelimit-remaining-tokens"))
                .isEqualTo(2_000);

        String all = network.key("ann", perMinute(OptionalInt.empty(), OptionalInt.of(100)));
        assertThat(network.chat(all, TestNetwork.question(",\"max_tokens\":1")).status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(number(network.get("/v1/models", all), "x-ratelimit-remaining-tokens"))
                .isLessThan(100));
        TestNetwork.Answer refused = network.chat(all, TestNetwork.question(",\"max_tokens\":5000"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("error").path("type").asString()).isEqualTo("tokens");
    }

    @Test
    void aSpendLimitIsReachedToTheNanoDollarAndSaysWhenItBeginsAnew() {
        // The whole worst case must fit: the bound of the prompt's tokens is some hundred times what is charged.
        long worst = held(standard);
        String key = network.key("ann", spending(worst + COST, Period.DAY));

        assertThat(network.chat(key, small()).status()).isEqualTo(200);
        awaitSpent(key, COST);
        assertThat(network.chat(key, small()).status()).isEqualTo(200);
        awaitSpent(key, 2 * COST);

        TestNetwork.Answer refused = network.chat(key, small());
        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.code()).isEqualTo("key_spend_limit");
        assertThat(refused.json().path("error").path("message").asString())
                .contains(new Credits(worst + COST) + " a day")
                .contains(new Credits(2 * COST) + " is spent")
                .contains("T00:00:00Z");
        assertThat(network.chat(standard, small()).status()).as("another key").isEqualTo(200);
    }

    @Test
    void whatAKeySpentIsKnownAfterARestart() {
        long worst = held(standard);
        String key = network.key("ann", spending(worst, Period.TOTAL));
        assertThat(network.chat(key, small()).status()).isEqualTo(200);
        awaitSpent(key, COST);

        network.close();
        network = new TestNetwork(data);
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));

        JsonNode mine = network.get("/v1/balance", key).json().path("key");
        assertThat(mine.path("spent_nanodollars").asLong()).isEqualTo(COST);
        assertThat(mine.path("spend_limit_nanodollars").asLong()).isEqualTo(worst);
        assertThat(mine.path("spend_limit_resets_at").isNull()).isTrue();
        assertThat(network.chat(key, small()).code()).isEqualTo("key_spend_limit");
    }

    @Test
    void withoutALimitOfItsOwnAnAnswerIsCutToWhatTheKeyMaySpend() {
        long worst = held(standard);
        String key = network.key("ann", spending(worst + 30 * 1500, Period.MONTH));

        assertThat(network.chat(key, TestNetwork.questionWithSystem("")).status())
                .isEqualTo(200);
    }

    @Test
    void sixtyFourStreamsAtOnceNeverPassTheLimitOfTheirKey() throws ExecutionException, InterruptedException {
        long worst = held(standard);
        long most = 5 * worst;
        String key = network.key("ann", spending(most, Period.TOTAL));
        for (int i = 0; i < 20; i++)
            ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));
        network.client.dispatcher().setMaxRequestsPerHost(64);
        List<Future<TestNetwork.Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(
                        () -> network.chat(key, TestNetwork.questionWithSystem(",\"max_tokens\":1,\"stream\":true"))));
            }
        }
        int served = 0;
        for (Future<TestNetwork.Answer> each : answers) {
            TestNetwork.Answer answer = each.get();
            if (answer.status() == 200) served++;
            else assertThat(answer.code()).isEqualTo("key_spend_limit");
        }
        assertThat(served).isBetween(5, 64);
        awaitSpent(key, served * COST);
        assertThat(served * COST).isLessThanOrEqualTo(most);
    }

    @Test
    void aChangeHoldsFromTheNextRequestOn() {
        String id = standard.split("_")[1];
        network.admin(new AdminCommand.UpdateKey(
                id,
                new KeyChange(
                        Optional.of("phone"),
                        Optional.of(Set.of(Scope.MODELS)),
                        Optional.empty(),
                        OptionalInt.of(5),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Set.of())));

        TestNetwork.Answer models = network.get("/v1/models", standard);
        assertThat(number(models, "x-ratelimit-limit-requests")).isEqualTo(5);
        assertThat(network.chat(standard, small()).code()).isEqualTo("insufficient_scope");
    }

    @Test
    void whoTriesManyKeysIsToldToWaitAndWhoHasOneIsServed() {
        int told = 0;
        for (int i = 0; i < 80; i++) {
            TestNetwork.Answer answer = network.get("/v1/models", "pllm_%012x_".formatted(i) + "A".repeat(43));
            assertThat(answer.status()).isIn(401, 429);
            if (answer.status() == 429) {
                told++;
                assertThat(answer.code()).isEqualTo("too_many_failed_keys");
                assertThat(number(answer, "retry-after-ms")).isPositive();
            }
        }
        assertThat(told).isPositive();
        assertThat(network.get("/v1/models", standard).status()).isEqualTo(200);
        assertThat(network.get("/v1/models", standard.substring(0, 18) + "A".repeat(43))
                        .status())
                .as("a wrong secret for a key that exists")
                .isEqualTo(429);
    }

    /** What is set aside for a small question. */
    private long held(String key) {
        JsonNode refused = network.chat(network.key("ann", spending(0, Period.TOTAL)), small())
                .json();
        String message = refused.path("error").path("message").asString();
        String needed = message.replaceAll(".*may cost up to \\$([0-9.]+)\\. .*", "$1");
        return Credits.parseDollars(needed).nanoDollars();
    }

    private void awaitSpent(String key, long nanoDollars) {
        await().untilAsserted(() -> {
            JsonNode mine = network.get("/v1/balance", key).json().path("key");
            assertThat(mine.path("spent_nanodollars").asLong()).isEqualTo(nanoDollars);
            assertThat(mine.path("held_nanodollars").asLong()).isZero();
        });
    }
}
