package com.peerllm.host.earnings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.SignedHostRequest;
import com.peerllm.shared.identity.SignedHostRequest.Purpose;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks an orchestrator what it owes this host, and tells it how this host wants to be paid. */
public final class PayoutClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final byte[] NOTHING = new byte[0];

    private final OkHttpClient http;
    private final OrchestratorAddress address;
    private final String orchestrator;
    private final PeerIdentity identity;
    private final InstantSource clock;

    /** @param orchestrator the name of the one at the address, as this host met it; what is signed is for it alone */
    public PayoutClient(
            OkHttpClient http,
            OrchestratorAddress address,
            String orchestrator,
            PeerIdentity identity,
            InstantSource clock) {
        this.http = http;
        this.address = address;
        this.orchestrator = orchestrator;
        this.identity = identity;
        this.clock = clock;
    }

    /** @throws HostException {@code ORCHESTRATOR} when there is no answer, or none that can be understood */
    public PayoutStatement statement() {
        Request request = signed(Purpose.PAYOUTS, "payouts", NOTHING).build();
        try {
            return JSON.readValue(send(request), PayoutStatement.class);
        } catch (JacksonException e) {
            throw failed("What answers at " + address + " is no orchestrator that tells payouts. Update it.", e);
        }
    }

    /**
     * Sets how this host is paid.
     *
     * @param payee empty to have it erased
     */
    public void set(Optional<PayeeDetails> payee) {
        byte[] body = payee.map(JSON::writeValueAsBytes).orElse("{}".getBytes(StandardCharsets.UTF_8));
        send(signed(Purpose.PAYEE, "payee", body)
                .post(RequestBody.create(body, JSON_TYPE))
                .build());
    }

    private Request.Builder signed(Purpose purpose, String last, byte[] body) {
        HttpUrl url = address.http()
                .newBuilder()
                .addPathSegment("hosts")
                .addPathSegment(HostId.of(identity.publicKey()).value())
                .addPathSegment(last)
                .build();
        SignedHostRequest by = SignedHostRequest.sign(identity, purpose, orchestrator, body, clock.millis());
        return new Request.Builder()
                .url(url)
                .header(SignedHostRequest.KEY_HEADER, by.key().toString())
                .header(SignedHostRequest.TIME_HEADER, Long.toString(by.atMillis()))
                .header(SignedHostRequest.SIGNATURE_HEADER, by.signature());
    }

    private byte[] send(Request request) {
        try (Response response = http.newCall(request).execute()) {
            byte[] body = response.body().bytes();
            if (response.isSuccessful()) return body;
            throw failed(
                    switch (response.code()) {
                        case 401 ->
                            "The orchestrator at " + address
                                    + " does not take this host's signature. Check this computer's clock.";
                        case 404 ->
                            "The orchestrator at " + address
                                    + " knows nothing of this host, or tells no payouts. Serve it first, or update it.";
                        default ->
                            "The orchestrator at " + address + " answered with HTTP " + response.code() + reason(body)
                                    + ".";
                    },
                    null);
        } catch (IOException e) {
            throw failed("Nothing answers at " + address + ". Check the address and the network.", e);
        }
    }

    private static String reason(byte[] body) {
        try {
            String message = JSON.readTree(body).at("/error/message").asString("");
            return message.isEmpty() ? "" : ": " + message.replaceFirst("\\.$", "");
        } catch (JacksonException e) {
            return "";
        }
    }

    private static HostException failed(String sentence, Exception cause) {
        return new HostException(Problem.ORCHESTRATOR, sentence, cause);
    }
}
