package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.payouts.PayoutRules;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.SignedHostRequest;
import com.peerllm.shared.identity.SignedHostRequest.Purpose;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.payout.PayoutStatement;
import com.peerllm.shared.payout.PayoutStatement.Next;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A host says how it is paid, earns, and is paid out by an administrator over HTTP. */
@Timeout(60)
class PayoutNetworkTest {
    private static final PayoutRules AT_ONCE = new PayoutRules(Credits.ofDollars(5), Duration.ZERO, Duration.ZERO);
    private static final String NAME = "test-network";
    private static final String IBAN = "{\"method\":\"iban\",\"details\":\"DE02120300000000202051\"}";

    @TempDir
    private Path data;

    private final PeerIdentity identity = PeerIdentity.generate();
    private final HostId host = identity.hostId();
    private TestNetwork network;
    private String admin;

    @BeforeEach
    void start() {
        network = new TestNetwork(data, AT_ONCE);
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

    @Test
    void aHostEarnsAndIsPaidOut() {
        earn();
        PayoutStatement before = statement();
        assertThat(before.next()).isEqualTo(Next.SET_PAYEE);
        assertThat(before.mature()).isEqualTo(before.earned()).isGreaterThan(AT_ONCE.threshold());
        assertThat(before.mature().nanoDollars()).isEqualTo(network.posted("host:" + host));
        assertThat(ok("POST", "payouts", "").has("batch")).isFalse();

        assertThat(payee(IBAN, System.currentTimeMillis()).status()).isEqualTo(200);
        assertThat(statement().next()).isEqualTo(Next.NEXT_BATCH);
        assertThat(statement().payeeMethod()).contains("iban");

        assertThat(ok("POST", "payouts", "").path("batch").asInt()).isEqualTo(1);
        assertThat(code("POST", "payouts", "")).isEqualTo("409 conflict");
        assertThat(code("POST", "payouts/1/export", "")).isEqualTo("409 conflict");
        JsonNode approved = ok("POST", "payouts/1/approve", "");
        assertThat(approved.path("approved_by").asString()).startsWith("key ");
        assertThat(approved.at("/payouts/0/state").asString()).isEqualTo("sent");
        assertThat(statement().inTransit()).isGreaterThan(Credits.ofDollars(4));
        String file = ok("POST", "payouts/1/export", "").path("file").asString();
        assertThat(file).contains("payout-1-1,host:" + host + ",iban,DE02120300000000202051,");
        assertThat(network.balances().toString()).contains("payout:transit");

        String failed = "{\"results\":[{\"payout_id\":\"payout-1-1\",\"result\":\"failed\",\"reference\":\"closed\"}]}";
        assertThat(ok("POST", "payouts/1/results", failed).path("state").asString())
                .isEqualTo("settled");
        assertThat(ok("POST", "payouts/1/results", failed).path("state").asString())
                .isEqualTo("settled");
        assertThat(code("POST", "payouts/1/results", failed.replace("failed", "paid")))
                .isEqualTo("409 conflict");
        assertThat(statement().mature()).isEqualTo(before.mature());

        ok("POST", "payouts", "");
        ok("POST", "payouts/2/approve", "");
        ok("POST", "payouts/2/export", "");
        ok("POST", "payouts/2/results", failed.replace("payout-1", "payout-2").replace("failed", "paid"));
        PayoutStatement after = statement();
        assertThat(after.paid()).isEqualTo(after.payouts().getFirst().amount());
        assertThat(after.pending().plus(after.mature()).plus(after.paid())).isEqualTo(after.earned());
        assertThat(after.next()).isEqualTo(Next.EARN_MORE);
        assertThat(ok("GET", "payouts", "").path("batches")).hasSize(2);
        assertThat(ok("GET", "payouts/2", "").at("/payouts/0/note").asString()).isEqualTo("closed");
        JsonNode audit = network.admin(new AdminCommand.Audit());
        assertThat(audit.path("clean").asBoolean()).as(audit.toString()).isTrue();
        assertThat(audit.path("payouts").asInt()).isEqualTo(2);
    }

    @Test
    void aBatchApprovedBeforeARestartGoesOnAfterIt() {
        earn();
        payee(IBAN, System.currentTimeMillis());
        ok("POST", "payouts", "");
        ok("POST", "payouts/1/approve", "");
        network.close();
        network = new TestNetwork(data, AT_ONCE);
        ok("POST", "payouts/1/approve", "");
        assertThat(statement().payouts()).hasSize(1);
        ok("POST", "payouts/1/cancel", "");
        assertThat(statement().inTransit()).isEqualTo(Credits.ZERO);
        assertThat(statement().mature()).isEqualTo(statement().earned());
    }

    @Test
    void onlyTheHostItselfSeesItsPayoutsAndSaysHowItIsPaid() {
        ScriptedHost.join(network.client, network.url(), identity, ScriptedHost.model(768, 4), (self, offer) -> {});
        await().until(() -> asked(sign(Purpose.PAYOUTS, identity, "", now())).status() == 200);
        assertThat(network.get("/hosts/" + host + "/payouts", admin).status()).isEqualTo(401);
        assertThat(asked(sign(Purpose.PAYOUTS, PeerIdentity.generate(), "", now()))
                        .status())
                .isEqualTo(401);
        assertThat(asked(sign(Purpose.PAYEE, identity, "", now())).status())
                .as("signed for another purpose")
                .isEqualTo(401);
        assertThat(asked(sign(Purpose.PAYOUTS, identity, "", now() - 400_000)).status())
                .as("overheard")
                .isEqualTo(401);

        long first = now();
        assertThat(payee(IBAN, first).status()).isEqualTo(200);
        assertThat(payee(IBAN, sign(Purpose.PAYEE, identity, "{}", first)).status())
                .as("another body than was signed")
                .isEqualTo(401);
        assertThat(payee(IBAN, sign(Purpose.PAYEE, PeerIdentity.generate(), IBAN, first))
                        .status())
                .isEqualTo(401);
        assertThat(payee("{}", first + 1).json().path("payee_set").asBoolean()).isFalse();
        assertThat(payee(IBAN, first).status()).as("overheard and sent again").isEqualTo(409);
        assertThat(payee("{\"method\":\"iban\"}", first + 2).code()).isEqualTo("missing_required_parameter");
        assertThat(payee("{\"method\":\"iban\",\"details\":\"=1\"}", first + 2).code())
                .isEqualTo("invalid_value");
        assertThat(statement().next()).isEqualTo(Next.SET_PAYEE);
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() {
        assertThat(code("GET", "payouts/7", "")).isEqualTo("404 not_found");
        assertThat(code("GET", "payouts/seven", "")).isEqualTo("400 invalid_value");
        assertThat(code("POST", "payouts/7/approve", "")).isEqualTo("404 not_found");
        assertThat(code("POST", "payouts/7/results", "{}")).isEqualTo("400 missing_required_parameter");
        assertThat(code(
                        "POST",
                        "payouts/7/results",
                        "{\"results\":[{\"payout_id\":\"payout-7-1\",\"result\":\"lost\",\"reference\":\"x\"}]}"))
                .isEqualTo("400 invalid_value");
        assertThat(code("POST", "payees/consumer:ops", IBAN)).isEqualTo("400 invalid_value");
        assertThat(code("POST", "payees/creator:nobody", IBAN)).isEqualTo("404 not_found");
        assertThat(ok("POST", "payees/network:fees", IBAN).path("payee_set").asBoolean())
                .isTrue();
        assertThat(ok("DELETE", "payees/network:fees", "").path("payee_set").asBoolean())
                .isFalse();
        assertThat(asked(sign(Purpose.PAYOUTS, identity, "", now())).status()).isEqualTo(404);
        assertThat(network.get("/hosts/nobody/payouts", "").status()).isEqualTo(404);
    }

    /** One dollar for each token. */
    private void earn() {
        Credits price = Credits.ofDollars(1_000_000);
        network.admin(new AdminCommand.PublishModel(
                new ModelId(ScriptedHost.MODEL_ID),
                ScriptedHost.MODEL,
                10,
                Optional.empty(),
                new TokenPrice(price, price),
                Optional.empty()));
        String key = network.consumer("anna", "1000000");
        ScriptedHost.join(
                network.client,
                network.url(),
                identity,
                ScriptedHost.model(768, 4),
                (self, offer) -> self.answer(offer, "a", "b", "c"));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await().until(() -> statement().earned().compareTo(Credits.ZERO) > 0);
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private PayoutStatement statement() {
        TestNetwork.Answer answer = asked(sign(Purpose.PAYOUTS, identity, "", now()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return TestNetwork.JSON.readValue(answer.body(), PayoutStatement.class);
    }

    private static SignedHostRequest sign(Purpose purpose, PeerIdentity who, String body, long at) {
        return SignedHostRequest.sign(who, purpose, NAME, body.getBytes(StandardCharsets.UTF_8), at);
    }

    private TestNetwork.Answer asked(SignedHostRequest signed) {
        return network.send(request("payouts", signed).build());
    }

    private TestNetwork.Answer payee(String body, long at) {
        return payee(body, sign(Purpose.PAYEE, identity, body, at));
    }

    private TestNetwork.Answer payee(String body, SignedHostRequest signed) {
        return network.send(request("payee", signed)
                .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json")))
                .build());
    }

    private Request.Builder request(String what, SignedHostRequest signed) {
        return new Request.Builder()
                .url(network.url() + "/hosts/" + host + "/" + what)
                .header(SignedHostRequest.KEY_HEADER, signed.key().toString())
                .header(SignedHostRequest.TIME_HEADER, Long.toString(signed.atMillis()))
                .header(SignedHostRequest.SIGNATURE_HEADER, signed.signature());
    }

    private JsonNode ok(String method, String path, String body) {
        TestNetwork.Answer answer = network.administer(method, path, admin, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String code(String method, String path, String body) {
        TestNetwork.Answer answer = network.administer(method, path, admin, body);
        return answer.status() + " " + answer.code();
    }
}
