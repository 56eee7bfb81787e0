package com.peerllm.host.earnings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks an orchestrator on which terms it takes a model, before the model is served there. */
public final class TermsClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OkHttpClient http;
    private final OrchestratorAddress address;

    public TermsClient(OkHttpClient http, OrchestratorAddress address) {
        this.http = http;
        this.address = address;
    }

    /** @throws HostException {@code ORCHESTRATOR} when there is no answer, or none that can be understood */
    public ModelTerms of(ModelDigest model) {
        HttpUrl url = address.http()
                .newBuilder()
                .addPathSegment("prices")
                .addPathSegment(model.hex())
                .build();
        try (Response response =
                http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (!response.isSuccessful()) {
                throw failed("The orchestrator at " + address + " answered with HTTP " + response.code() + ".", null);
            }
            return ModelTerms.of(JSON.readTree(response.body().bytes()));
        } catch (IOException e) {
            throw failed("Nothing answers at " + address + ". Check the address and the network.", e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw failed("What answers at " + address + " is no orchestrator that tells prices. Update it.", e);
        }
    }

    private static HostException failed(String sentence, Exception cause) {
        return new HostException(Problem.ORCHESTRATOR, sentence, cause);
    }
}
