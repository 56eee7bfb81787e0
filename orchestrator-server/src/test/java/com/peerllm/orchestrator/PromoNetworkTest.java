package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.ledger.ConsumerPseudonyms;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Gifts, vouchers, commitments and erasure as consumers and administrators meet them, over HTTP. */
@Timeout(60)
class PromoNetworkTest {
    /** 10 prompt tokens at $0.50 and 3 completion tokens at $1.50 a million. */
    private static final long CHARGED = 10 * 500 + 3 * 1500;

    @TempDir
    private Path data;

    private TestNetwork network;
    private String admin;
    private String ann;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        ann = network.consumer("ann", "1");
        network.consumer("ops", "0");
        admin = network.key(
                "ops",
                new KeyTerms(
                        EnumSet.allOf(Scope.class),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty()));
    }

    @AfterEach
    void theLedgerAddsUp() {
        network.closeWhenAllIsPaidAndLogged();
    }

    private JsonNode ok(String method, String path, String body) {
        TestNetwork.Answer answer = network.administer(method, path, admin, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private TestNetwork.Answer redeem(String key, String code) {
        return network.send(network.request("/v1/vouchers/redeem", key, "{\"code\":\"" + code + "\"}"));
    }

    private Receipt answer(String key) throws InterruptedException {
        ScriptedHost host =
                ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "A", "b", "c"));
        assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);
        return host.awaitReceipt();
    }

    @Test
    void aGiftIsSpentFirstAndShownApart() throws Exception {
        String gift = "{\"id\":\"welcome\",\"amount_nanodollars\":5000,\"expires_at\":\"2999-01-01T00:00:00Z\"}";
        ok("POST", "accounts/ann/promos", gift);
        JsonNode again = ok("POST", "accounts/ann/promos", gift);
        assertThat(again.path("posted_nanodollars").asLong()).isEqualTo(1_000_000_000L);
        assertThat(again.path("promo_nanodollars").asLong()).isEqualTo(5_000);

        answer(ann);

        JsonNode balance = network.get("/v1/balance", ann).json();
        assertThat(balance.path("promo_available_nanodollars").asLong()).isZero();
        assertThat(balance.path("available_nanodollars").asLong()).isEqualTo(1_000_000_000L - (CHARGED - 5_000));
        assertThat(ok("GET", "accounts/ann", "").path("promo_nanodollars").asLong())
                .isZero();
        assertThat(network.administer("POST", "accounts/nobody/promos", admin, gift)
                        .status())
                .isEqualTo(404);
        assertThat(network.administer("POST", "accounts/ann/promos", admin, gift.replace("5000", "0"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aVoucherIsMadeRedeemedOnceListedAndRevoked() {
        String bob = network.consumer("bob", "0");
        JsonNode made = ok(
                        "POST",
                        "vouchers",
                        "{\"count\":2,\"amount_nanodollars\":7,\"label\":\"fair\",\"expires_at\":\"2999-01-01T00:00:00Z\"}")
                .path("vouchers");
        String code = made.path(0).path("code").asString();

        TestNetwork.Answer first = redeem(ann, code);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("credited_nanodollars").asLong()).isEqualTo(7);
        assertThat(redeem(ann, code).body()).isEqualTo(first.body());
        assertThat(redeem(bob, code).code()).isEqualTo("voucher_already_redeemed");
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_007L);

        String second = made.path(1).path("id").asString();
        ok("DELETE", "vouchers/" + second, "");
        assertThat(network.administer("DELETE", "vouchers/" + second, admin, "").status())
                .isEqualTo(404);
        assertThat(redeem(bob, made.path(1).path("code").asString()).code()).isEqualTo("voucher_revoked");
        JsonNode late = ok(
                "POST",
                "vouchers",
                "{\"count\":1,\"amount_nanodollars\":7,\"promo\":true,\"credits_expire_at\":\"2999-01-01T00:00:00Z\","
                        + "\"expires_at\":\"2020-01-01T00:00:00Z\"}");
        assertThat(redeem(bob, late.path("vouchers").path(0).path("code").asString())
                        .code())
                .isEqualTo("voucher_expired");

        JsonNode list = ok("GET", "vouchers", "").path("vouchers");
        assertThat(list).hasSize(3).noneMatch(voucher -> voucher.has("code"));
        assertThat(list.toString()).contains("\"redeemed_by\":\"consumer:ann\"").contains("revoked_at");
        assertThat(ok("GET", "vouchers?after=ffffffffffff", "").path("vouchers"))
                .isEmpty();
        for (String bad : new String[] {
            "{\"count\":0,\"amount_nanodollars\":7}",
            "{\"count\":1001,\"amount_nanodollars\":7}",
            "{\"count\":1,\"amount_nanodollars\":0}",
            "{\"count\":1,\"amount_nanodollars\":7,\"promo\":1}",
            "{\"count\":99999999999999,\"amount_nanodollars\":7}",
            "{\"count\":1,\"amount_nanodollars\":7,\"credits_expire_at\":\"2999-01-01T00:00:00Z\"}"
        }) {
            assertThat(network.administer("POST", "vouchers", admin, bad).status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void whoGuessesCodesIsSlowedDownAndOthersAreNot() {
        String bob = network.consumer("bob", "0");
        String code = ok("POST", "vouchers", "{\"count\":1,\"amount_nanodollars\":7}")
                .path("vouchers")
                .path(0)
                .path("code")
                .asString();
        for (int i = 0; i < 10; i++) {
            assertThat(redeem(bob, "PLLM-00000-00000-00000-0000" + i).code()).isEqualTo("voucher_not_found");
        }
        TestNetwork.Answer refused = redeem(bob, code);
        assertThat(refused.code()).as("even the right one").isEqualTo("too_many_failed_codes");
        assertThat(refused.headers().get("retry-after")).isNotNull();
        assertThat(redeem(ann, code).status()).isEqualTo(200);
    }

    @Test
    void whoPaidCanOpenTheCommitmentOfItsReceiptAndNobodyElse() throws Exception {
        String bob = network.consumer("bob", "1");
        Receipt receipt = answer(ann);
        String job = receipt.job().value();

        JsonNode mine = network.get("/v1/receipts/" + job, ann).json();
        assertThat(mine.path("consumerAccount").asString()).isEqualTo("consumer:ann");
        assertThat(ConsumerPseudonyms.commitment(
                        mine.path("consumerSalt").asString(), new AccountId("consumer:ann"), job))
                .isEqualTo(receipt.consumer().orElseThrow());
        for (String other : new String[] {bob, admin}) {
            JsonNode theirs = network.get("/v1/receipts/" + job, other).json();
            assertThat(theirs.path("data")).hasSize(1);
            assertThat(theirs.has("consumerSalt")).isFalse();
            assertThat(theirs.has("consumerAccount")).isFalse();
        }
        String second = network.key("ann", KeyTerms.STANDARD);
        assertThat(network.get("/v1/receipts/" + job, second).json().has("consumerSalt"))
                .as("a second key of the same account")
                .isTrue();
    }

    @Test
    void anErasedAccountLeavesReceiptsThatHoldAndNothingThatOpensThem() throws Exception {
        ok("POST", "accounts/ann/promos", "{\"id\":\"x\",\"amount_nanodollars\":50000}");
        Receipt receipt = answer(ann);
        TestNetwork.Answer refused = network.administer("POST", "accounts/ann/erase", admin, "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("still has").contains("Nothing was erased");
        assertThat(network.get("/v1/balance", ann).status()).isEqualTo(200);

        JsonNode erased = ok("POST", "accounts/ann/erase", "{\"forfeit\":true}");

        assertThat(erased.path("keys_revoked").asInt()).isEqualTo(1);
        assertThat(erased.path("forfeited_nanodollars").asLong()).isEqualTo(1_000_050_000L - CHARGED);
        assertThat(network.posted("consumer:ann")).isZero();
        assertThat(network.posted("promo:ann")).isZero();
        assertThat(network.posted("network:fees"))
                .isEqualTo(1_000_000_000L + receipt.networkShare().nanoDollars());
        assertThat(network.get("/v1/balance", ann).status()).isEqualTo(401);
        assertThat(ok("GET", "keys?account=ann", "").path("keys"))
                .allMatch(key -> key.path("label").asString().isEmpty());
        assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults()).isEmpty();
        assertThat(secretsWithContent()).as("of ops alone").isEqualTo(1);

        String again = network.key("ann", KeyTerms.STANDARD);
        JsonNode shown =
                network.get("/v1/receipts/" + receipt.job().value(), again).json();
        assertThat(shown.path("data")).hasSize(1);
        assertThat(shown.has("consumerSalt")).isFalse();
        ok("POST", "accounts/ann/erase", "{}");
    }

    private long secretsWithContent() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("consumers"))) {
            return files.filter(file -> file.toFile().length() > 0).count();
        }
    }
}
