package com.peerllm.host.answering;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The network as one who asks it sees it: its models, the balance, and answers, all with the person's own key. For any thread. */
public final class Network {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType JSON_TYPE = MediaType.get("application/json");

    /** A host of the network may read a long prompt for minutes before its first token. */
    private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(10);

    private static final Duration MODELS_ARE_FRESH = Duration.ofMinutes(1);

    private final OkHttpClient questions;
    private final OkHttpClient answers;
    private final Supplier<OrchestratorAddress> address;
    private final NetworkKey key;
    private final InstantSource clock;
    private volatile Known known = new Known(List.of(), Instant.MIN);

    private record Known(List<NetworkModel> models, Instant at) {}

    /**
     * @param http is used and not closed
     * @param address where to ask; may throw {@link HostException} with what is wrong with it
     */
    public Network(OkHttpClient http, Supplier<OrchestratorAddress> address, NetworkKey key, InstantSource clock) {
        this.questions = http;
        this.answers = http.newBuilder()
                .readTimeout(ANSWER_PATIENCE)
                .callTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .build();
        this.address = address;
        this.key = key;
        this.clock = clock;
    }

    public NetworkKey key() {
        return key;
    }

    /** As they were last read. */
    public List<NetworkModel> knownModels() {
        return known.models;
    }

    /**
     * Reads them anew.
     *
     * @throws HostException {@code ORCHESTRATOR} with why it cannot
     */
    public List<NetworkModel> readModels() {
        List<NetworkModel> models = NetworkModel.listed(read("/v1/models"));
        known = new Known(models, clock.instant());
        return models;
    }

    /** Those known, when they were read within the last minute; else read anew, and those known when that fails. */
    public List<NetworkModel> recentModels() {
        Known last = known;
        if (!key.isSet()) return List.of();
        if (last.at.isAfter(clock.instant().minus(MODELS_ARE_FRESH))) return last.models;
        try {
            return readModels();
        } catch (HostException e) {
            // What asks next meets the same failure and tells it; until then the last list serves.
            known = new Known(last.models, clock.instant());
            return last.models;
        }
    }

    /**
     * What the account can spend, gifts included.
     *
     * @return empty without a key
     * @throws HostException {@code ORCHESTRATOR} with why it cannot be read
     */
    public Optional<Credits> balance() {
        if (!key.isSet()) return Optional.empty();
        JsonNode balance = read("/v1/balance");
        if (!balance.path("available_nanodollars").canConvertToLong())
            throw NetworkTroubles.noOrchestrator(address.get());
        return Optional.of(new Credits(balance.path("available_nanodollars").asLong())
                .plus(new Credits(balance.path("promo_available_nanodollars").asLong(0))));
    }

    private JsonNode read(String path) {
        OrchestratorAddress at = address.get();
        Request request = request(at, path).build();
        try (Response response = questions.newCall(request).execute()) {
            if (!response.isSuccessful()) throw NetworkTroubles.refused(response);
            return JSON.readTree(response.body().byteStream());
        } catch (IOException e) {
            throw NetworkTroubles.unreachable(at, e);
        } catch (JacksonException e) {
            throw NetworkTroubles.noOrchestrator(at);
        }
    }

    /**
     * Asks for an answer. Its body comes as it is made.
     *
     * @param path such as {@code /v1/chat/completions}
     * @param headers more to send; the key is added, and is the only one that is sent
     * @throws HostException {@code ORCHESTRATOR} when there is no key
     */
    public Call ask(String path, byte[] json, Map<String, String> headers) {
        Request.Builder request = request(address.get(), path);
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("authorization")) request.header(name, value);
        });
        return answers.newCall(request.post(RequestBody.create(json, JSON_TYPE)).build());
    }

    /** What is wrong, for people, when it answered with an error. */
    public HostException refusal(Response response) throws IOException {
        return NetworkTroubles.refused(response);
    }

    /** The same when it did not answer. */
    public HostException unreachable(IOException why) {
        return NetworkTroubles.unreachable(address.get(), why);
    }

    /** For sentences. */
    OrchestratorAddress address() {
        return address.get();
    }

    private Request.Builder request(OrchestratorAddress at, String path) {
        String secret = key.get().orElseThrow(NetworkTroubles::noKey);
        return new Request.Builder().url(at.http().resolve(path)).header("authorization", "Bearer " + secret);
    }
}
