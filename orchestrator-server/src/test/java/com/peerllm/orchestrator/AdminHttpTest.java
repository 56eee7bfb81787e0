package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Everything an administrator does by HTTP, with a key that may. */
@Timeout(60)
class AdminHttpTest {
    @TempDir
    private Path data;

    private TestNetwork network;
    private String admin;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        network.consumer("ops", "0");
        admin = network.key(
                "ops",
                new KeyTerms(
                        Set.of(Scope.ADMIN),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty()));
    }

    @AfterEach
    void theLedgerAddsUp() {
        network.closeWhenAllIsPaid();
    }

    private JsonNode ok(String method, String path, String body) {
        TestNetwork.Answer answer = network.administer(method, path, admin, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void anAccountIsMadeFilledAndShownAndATopUpSentTwicePaysOnce() {
        assertThat(ok("POST", "accounts", "{\"name\":\"bob\"}").path("account").asString())
                .isEqualTo("consumer:bob");
        String topUp = "{\"id\":\"invoice-7\",\"amount_nanodollars\":2000000000}";
        ok("POST", "accounts/bob/topups", topUp);
        assertThat(ok("POST", "accounts/bob/topups", topUp)
                        .path("posted_nanodollars")
                        .asLong())
                .isEqualTo(2_000_000_000L);
        TestNetwork.Answer other =
                network.administer("POST", "accounts/bob/topups", admin, topUp.replace("2000000000", "3000000000"));
        assertThat(other.status()).isEqualTo(409);

        assertThat(ok("GET", "accounts/bob", "").path("posted_nanodollars").asLong())
                .isEqualTo(2_000_000_000L);
        assertThat(ok("GET", "accounts", "").path("accounts")).hasSize(2);
        assertThat(ok("GET", "balances", "").path("sum_nanodollars").asLong()).isZero();
        assertThat(ok("GET", "audit", "").path("clean").asBoolean()).isTrue();
    }

    @Test
    void aKeyIsMadeShownChangedAndRevoked() {
        JsonNode made = ok("POST", "keys", """
                {"account":"ops","label":"app","scopes":["models","chat"],"requests_per_minute":60,
                 "tokens_per_minute":1000,"expires_at":"2999-01-01T00:00:00Z",
                 "spend_limit":{"nanodollars":5000000000,"per":"month"}}""");
        String id = made.path("key_id").asString();
        String secret = made.path("secret").asString();
        assertThat(made.path("spend_limit_period").asString()).isEqualTo("month");
        assertThat(network.get("/v1/models", secret).headers().get("x-ratelimit-limit-requests"))
                .isEqualTo("60");

        JsonNode shown = ok("GET", "keys/" + id, "");
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("scopes").toString()).isEqualTo("[\"models\",\"chat\"]");
        assertThat(shown.path("last_used_at").asString()).isNotEmpty();
        assertThat(ok("GET", "keys?account=ops", "").path("keys")).hasSize(3);

        JsonNode changed = ok(
                "POST",
                "keys/" + id,
                "{\"label\":\"web\",\"requests_per_minute\":null,\"spend_limit\":{\"nanodollars\":1,\"per\":\"day\"}}");
        assertThat(changed.path("label").asString()).isEqualTo("web");
        assertThat(changed.has("requests_per_minute")).isFalse();
        assertThat(changed.path("tokens_per_minute").asInt()).isEqualTo(1000);
        assertThat(changed.path("spend_limit_period").asString()).isEqualTo("day");

        ok("DELETE", "keys/" + id, "");
        assertThat(network.get("/v1/models", secret).body()).contains("was revoked");
        assertThat(network.administer("DELETE", "keys/" + id, admin, "").status())
                .isEqualTo(404);
    }

    @Test
    void aHostIsBlockedAndLetInAgain() {
        ScriptedHost host = ScriptedHost.join(network.client, network.url(), (self, offer) -> {});
        String id = host.identity.hostId().value();

        ok("POST", "hosts/" + id + "/block", "{\"reason\":\"too slow\"}");

        await().untilAsserted(() -> assertThat(
                        network.get("/hosts", admin).json().path("total").asInt())
                .isZero());
        assertThat(ok("GET", "hosts", "")
                        .path("hosts")
                        .path(0)
                        .path("blocked_reason")
                        .asString())
                .isEqualTo("too slow");
        ok("POST", "hosts/" + id + "/unblock", "");
        assertThat(ok("GET", "hosts", "").path("hosts").path(0).has("blocked_reason"))
                .isFalse();
    }

    @Test
    void aModelIsPublished() {
        ok("POST", "models", """
                {"id":"my-model","sha256":"%s","size_bytes":10,"licence":"MIT",
                 "prompt_nanodollars_per_million":1,"completion_nanodollars_per_million":2}""".formatted("12".repeat(32)));

        assertThat(ok("GET", "models", "").path("models").toString()).contains("my-model");
    }

    @Test
    void aRoyaltyIsGivenKeptAndTakenOff() {
        String model = """
                {"id":"my-model","sha256":"%s","size_bytes":10,"prompt_nanodollars_per_million":%d,
                 "completion_nanodollars_per_million":2%s}""";
        String sha256 = "12".repeat(32);
        String royalty = ",\"creator\":\"creator:acme\",\"royalty_basis_points\":250";

        JsonNode listed = ok("POST", "models", model.formatted(sha256, 1, royalty));
        assertThat(listed.path("creator").asString()).isEqualTo("creator:acme");
        assertThat(listed.path("royalty_basis_points").asInt()).isEqualTo(250);
        JsonNode dearer = ok("POST", "models", model.formatted(sha256, 7, ""));
        assertThat(dearer.path("creator").asString()).as("kept").isEqualTo("creator:acme");
        assertThat(dearer.path("prompt_nanodollars_per_million").asInt()).isEqualTo(7);
        assertThat(ok("GET", "models", "").path("models").toString()).contains("\"royalty_basis_points\":250");
        assertThat(ok("POST", "models", model.formatted(sha256, 7, ",\"creator\":null"))
                        .has("creator"))
                .isFalse();

        for (String wrong : new String[] {
            ",\"creator\":\"consumer:ann\",\"royalty_basis_points\":250",
            ",\"creator\":\"creator:acme\",\"royalty_basis_points\":0",
            ",\"creator\":\"creator:acme\",\"royalty_basis_points\":10001",
            ",\"creator\":\"creator:a b\",\"royalty_basis_points\":1",
            ",\"creator\":\"creator:acme\"",
            ",\"royalty_basis_points\":250",
            ",\"creator\":null,\"royalty_basis_points\":250"
        }) {
            assertThat(network.administer("POST", "models", admin, model.formatted(sha256, 1, wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(ok("GET", "models", "").path("models").toString()).doesNotContain("acme");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | accounts             | {}                                   | 400 | missing_required_parameter",
                "POST   | accounts             | {\"name\":\"a b\"}                   | 400 | invalid_value",
                "POST   | accounts             | {\"name\":7}                         | 400 | invalid_type",
                "POST   | accounts             | {\"name\":\"x\",\"more\":1}          | 400 | unknown_parameter",
                "POST   | accounts             | [                                    | 400 | invalid_json",
                "POST   | accounts             | []                                   | 400 | invalid_json",
                "POST   | accounts/ops/topups  | {\"amount_nanodollars\":5}           | 400 | missing_required_parameter",
                "POST   | accounts/ops/topups  | {\"id\":\"a\",\"amount_nanodollars\":-5}        | 400 | invalid_value",
                "POST   | accounts/none/topups | {\"id\":\"a\",\"amount_nanodollars\":5}         | 404 | not_found",
                "POST   | keys                 | {\"account\":\"none\"}               | 404 | not_found",
                "POST   | keys                 | {\"account\":\"ops\",\"scopes\":[]}  | 400 | invalid_value",
                "POST   | keys                 | {\"account\":\"ops\",\"scopes\":[\"all\"]}      | 400 | invalid_value",
                "POST   | keys                 | {\"account\":\"ops\",\"requests_per_minute\":0} | 400 | invalid_value",
                "POST   | keys                 | {\"account\":\"ops\",\"spend_limit\":5}         | 400 | invalid_type",
                "POST   | keys                 | {\"account\":\"ops\",\"spend_limit\":{\"nanodollars\":5,\"per\":\"week\"}} | 400 | invalid_value",
                "POST   | keys                 | {\"account\":\"ops\",\"expires_at\":\"soon\"}   | 400 | invalid_value",
                "GET    | keys/000000000000    | ''                                   | 404 | not_found",
                "GET    | accounts/no%20name   | ''                                   | 400 | invalid_value",
                "POST   | hosts/nobody/block   | {\"reason\":\"x\"}                   | 400 | invalid_value",
                "GET    | nothing              | ''                                   | 404 | not_found",
                "GET    | accounts/a/b/c       | ''                                   | 404 | not_found",
                "DELETE | accounts/ops         | ''                                   | 404 | not_found"
            })
    void whatCannotBeDoneIsRefusedByName(String method, String path, String body, int status, String code) {
        TestNetwork.Answer answer = network.administer(method, path, admin, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    }

    @Test
    void nobodyAdministersWithoutTheScope() {
        String consumer = network.consumer("ann", "0");
        for (String path : new String[] {"accounts", "keys", "audit", "balances", "nothing"}) {
            assertThat(network.administer("GET", path, consumer, "").status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(network.administer("GET", path, "wrong", "").status())
                    .as(path)
                    .isEqualTo(401);
        }
    }
}
