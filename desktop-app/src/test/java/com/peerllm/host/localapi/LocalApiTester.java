package com.peerllm.host.localapi;

import static org.awaitility.Awaitility.await;

import com.peerllm.host.answering.Network;
import com.peerllm.host.answering.NetworkKey;
import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A local endpoint on a real port, and a program that asks it. */
final class LocalApiTester implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("local-api-test-", 0).factory();

    final Signal<HostSettings> settings;
    final NetworkKey networkKey;
    final Network network;
    final LocalApiKey key;
    final LocalApi api;
    final OkHttpClient http =
            new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(30)).build();
    int port = freePort();

    /** @param orchestrator the network's address */
    LocalApiTester(Path folder, OwnModels own, String orchestrator) {
        AppFolders folders = new AppFolders(folder);
        settings = new Signal<>(with(true, port, false, Mode.LOCAL));
        networkKey = new NetworkKey(folders.networkKey());
        network = new Network(
                http, () -> OrchestratorAddress.parse(orchestrator, false), networkKey, InstantSource.system());
        SecureRandom random = new SecureRandom();
        key = new LocalApiKey(folders.localApiKey(), random);
        api = new LocalApi(own, network, key, settings, THREADS, InstantSource.system(), random);
        api.start();
        awaitListening();
    }

    static HostSettings with(boolean on, int port, boolean homeNetwork, Mode mode) {
        return HostSettings.DEFAULTS
                .edit()
                .localApi(new LocalApiSettings(on, port, homeNetwork, mode))
                .done();
    }

    void mode(Mode mode) {
        settings.set(with(true, port, false, mode));
    }

    LocalApiState.Listening awaitListening() {
        return (LocalApiState.Listening) await().atMost(Duration.ofSeconds(20))
                .until(api.state()::get, LocalApiState.Listening.class::isInstance);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    Request.Builder request(String path) {
        return new Request.Builder().url(url(path)).header("authorization", "Bearer " + key.current());
    }

    Response post(String path, String json) {
        return execute(request(path)
                .post(RequestBody.create(json, MediaType.get("application/json")))
                .build());
    }

    Response get(String path) {
        return execute(request(path).build());
    }

    Response execute(Request request) {
        try {
            return http.newCall(request).execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Response response) {
        return JSON.readTree(text(response));
    }

    static String text(Response response) {
        try (response) {
            return response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind {@code data:} in a whole stream, in order. */
    static List<String> events(String stream) {
        List<String> events = new ArrayList<>();
        for (String line : stream.split("\n")) if (line.startsWith("data: ")) events.add(line.substring(6));
        return events;
    }

    /** A chat with these parameters more. */
    static String chat(String model, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]"
                + (more.isEmpty() ? "" : "," + more) + "}";
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        api.stop();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
