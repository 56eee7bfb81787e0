package com.peerllm.host.reputation;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.EvidenceRequest;
import com.peerllm.shared.reputation.ReputationReport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks an orchestrator what it thinks of this host, and for the evidence. */
public final class ReputationClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NOT_FOUND = 404;

    private final OkHttpClient http;
    private final OrchestratorAddress address;
    private final PeerIdentity identity;
    private final InstantSource clock;

    public ReputationClient(
            OkHttpClient http, OrchestratorAddress address, PeerIdentity identity, InstantSource clock) {
        this.http = http;
        this.address = address;
        this.identity = identity;
        this.clock = clock;
    }

    /** @throws HostException {@code ORCHESTRATOR} when there is no answer, or none that can be understood */
    public ReputationReport report() {
        return get(path("reputation").build(), Optional.empty(), ReputationReport.class);
    }

    /**
     * A page of evidence.
     *
     * @param orchestrator its name, which the request is signed for
     * @param model empty for this host's presence
     * @param after the last number that is known already
     */
    public EvidencePage evidence(String orchestrator, Optional<ModelDigest> model, long after) {
        HttpUrl.Builder url = path("evidence").addQueryParameter("after", Long.toString(after));
        model.ifPresent(digest -> url.addQueryParameter("model", digest.hex()));
        EvidenceRequest signed = EvidenceRequest.sign(identity, orchestrator, clock.millis());
        return get(url.build(), Optional.of(signed), EvidencePage.class);
    }

    private HttpUrl.Builder path(String last) {
        HostId host = HostId.of(identity.publicKey());
        return address.http()
                .newBuilder()
                .addPathSegment("hosts")
                .addPathSegment(host.value())
                .addPathSegment(last);
    }

    private <T> T get(HttpUrl url, Optional<EvidenceRequest> signed, Class<T> type) {
        Request.Builder request = new Request.Builder().url(url);
        signed.ifPresent(
                by -> request.header(EvidenceRequest.KEY_HEADER, by.key().toString())
                        .header(EvidenceRequest.TIME_HEADER, Long.toString(by.atMillis()))
                        .header(EvidenceRequest.SIGNATURE_HEADER, by.signature()));
        try (Response response = http.newCall(request.build()).execute()) {
            if (response.code() == NOT_FOUND) {
                throw failed("The orchestrator at " + address + " knows nothing of this host. Serve it first.", null);
            }
            if (!response.isSuccessful()) {
                throw failed("The orchestrator at " + address + " answered with HTTP " + response.code() + ".", null);
            }
            return JSON.readValue(response.body().bytes(), type);
        } catch (IOException e) {
            throw failed("Nothing answers at " + address + ". Check the address and the network.", e);
        } catch (JacksonException e) {
            throw failed("What answers at " + address + " is no orchestrator that tells reputations. Update it.", e);
        }
    }

    private static HostException failed(String sentence, Exception cause) {
        return new HostException(Problem.ORCHESTRATOR, sentence, cause);
    }
}
