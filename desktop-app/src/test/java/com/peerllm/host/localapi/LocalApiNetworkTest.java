package com.peerllm.host.localapi;

import static com.peerllm.host.localapi.LocalApiTester.chat;
import static com.peerllm.host.localapi.LocalApiTester.json;
import static com.peerllm.host.localapi.LocalApiTester.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.answering.StagedModels;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What programs get from the network through the endpoint of this computer. */
@Timeout(60)
class LocalApiNetworkTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String LIST =
            "{\"object\":\"list\",\"data\":[{\"id\":\"owl\",\"object\":\"model\",\"owned_by\":\"peerllm\",\"peerllm\":{\"sha256\":\""
                    + StagedModels.DIGEST.hex() + "\",\"features\":[\"chat\"]}}]}";

    @TempDir
    Path folder;

    private final StagedModels models = new StagedModels();
    private final MockWebServer network = new MockWebServer();
    private LocalApiTester program;

    @BeforeEach
    void open() throws IOException {
        network.start();
        program = new LocalApiTester(folder, models, "ws://127.0.0.1:" + network.getPort());
        program.networkKey.set("pllm_mine");
    }

    @AfterEach
    void close() {
        program.close();
        network.close();
    }

    @Test
    void passesTheRequestOnWithThePersonsKeyAndWithoutItsOwn() throws Exception {
        network.enqueue(new MockResponse.Builder()
                .code(200)
                .setHeader("x-peerllm-receipt", "job_1")
                .setHeader("x-ratelimit-remaining-requests", "9")
                .setHeader("set-cookie", "a=b")
                .setHeader("access-control-allow-origin", "*")
                .body("{\"id\":\"chatcmpl-1\",\"peerllm\":{\"price_nanodollars\":7}}")
                .build());
        Request request = program.request(CHAT)
                .header("cookie", "c=d")
                .header("idempotency-key", "once")
                .post(RequestBody.create(chat("network/owl", "\"temperature\":0.10,\"seed\":123456789012345678"), null))
                .build();

        Response response = program.execute(request);

        assertThat(response.header("x-peerllm-place")).isEqualTo("network");
        assertThat(response.header("x-peerllm-receipt")).isEqualTo("job_1");
        assertThat(response.header("x-ratelimit-remaining-requests")).isEqualTo("9");
        assertThat(response.header("set-cookie")).isNull();
        assertThat(response.header("access-control-allow-origin")).isNull();
        assertThat(text(response)).isEqualTo("{\"id\":\"chatcmpl-1\",\"peerllm\":{\"price_nanodollars\":7}}");
        RecordedRequest sent = network.takeRequest();
        assertThat(sent.getHeaders().values("authorization")).containsExactly("Bearer pllm_mine");
        assertThat(sent.getHeaders().toString()).doesNotContain(program.key.current());
        assertThat(sent.getHeaders().get("cookie")).isNull();
        assertThat(sent.getHeaders().get("idempotency-key")).isEqualTo("once");
        assertThat(sent.getTarget()).isEqualTo(CHAT);
        assertThat(sent.getBody().utf8())
                .contains("\"model\":\"owl\"", "\"seed\":123456789012345678", "\"temperature\":0.10");
    }

    @Test
    void errorsOfTheNetworkComeAsTheyAre() {
        network.enqueue(error(402, "insufficient_balance"));
        Response dear = program.post(CHAT, chat("network/owl", ""));
        assertThat(dear.code()).isEqualTo(402);
        assertThat(json(dear).at("/error/code").asString()).isEqualTo("insufficient_balance");
    }

    @Test
    void aKeyThatTheNetworkRefusesIsNotTakenForTheLocalOne() {
        network.enqueue(error(401, "invalid_api_key"));
        Response refused = program.post(CHAT, chat("network/owl", ""));
        assertThat(refused.code()).isEqualTo(503);
        assertThat(refused.header("x-should-retry")).isEqualTo("false");
        assertThat(json(refused).at("/error/message").asString())
                .startsWith("The network does not accept this computer's API key.");

        program.networkKey.clear();
        Response without = program.post(CHAT, chat("network/owl", ""));
        assertThat(without.code()).isEqualTo(403);
        JsonNode error = json(without).path("error");
        assertThat(error.path("code").asString()).isEqualTo("no_network_key");
        assertThat(error.path("message").asString()).startsWith("There is no API key of the network");
    }

    @Test
    void listsTheNetworksModelsUnlessEverythingStaysHere() {
        program.mode(Mode.AUTOMATIC);
        network.enqueue(new MockResponse.Builder().code(200).body(LIST).build());

        assertThat(ids(json(program.get("/v1/models")))).containsExactly("local/sprout", "network/owl");
        JsonNode owl = json(program.get("/v1/models/network%2Fowl"));
        assertThat(owl.at("/peerllm/place").asString()).isEqualTo("network");
        assertThat(owl.path("owned_by").asString()).isEqualTo("peerllm");
        program.mode(Mode.LOCAL);
        assertThat(ids(json(program.get("/v1/models")))).containsExactly("local/sprout");
        assertThat(network.getRequestCount()).isEqualTo(1);
    }

    private static List<String> ids(JsonNode list) {
        return list.path("data")
                .valueStream()
                .map(each -> each.path("id").asString())
                .toList();
    }

    @Test
    void spillsToTheNetworkWhenAllSlotsAreTakenAndAnswersItselfWhenThatFails() throws Exception {
        program.mode(Mode.AUTOMATIC);
        models.models = List.of(StagedModels.model("sprout", 0));
        network.enqueue(new MockResponse.Builder().code(200).body(LIST).build());
        network.enqueue(new MockResponse.Builder()
                .code(200)
                .body("{\"from\":\"there\"}")
                .build());
        Response spilled = program.post(CHAT, chat("sprout", ""));
        assertThat(spilled.header("x-peerllm-why")).isEqualTo("no_free_slot");
        assertThat(text(spilled)).isEqualTo("{\"from\":\"there\"}");

        network.enqueue(error(503, "no_host"));
        Future<Response> asked =
                CompletableFuture.supplyAsync(() -> program.post(CHAT, chat("sprout", "")), Thread.ofVirtual()::start);
        models.next().started(2, 0).says("mine").ends(Finish.Reason.STOP);
        Response own = asked.get(20, TimeUnit.SECONDS);
        assertThat(own.header("x-peerllm-place")).isEqualTo("local");
        assertThat(own.header("x-peerllm-why")).isEqualTo("network_failed");
        assertThat(json(own).at("/choices/0/message/content").asString()).isEqualTo("mine");
    }

    @Test
    void staysHereWhileThereIsAFreeSlot() throws Exception {
        program.mode(Mode.AUTOMATIC);
        network.enqueue(new MockResponse.Builder().code(200).body(LIST).build());
        Future<Response> asked =
                CompletableFuture.supplyAsync(() -> program.post(CHAT, chat("owl", "")), Thread.ofVirtual()::start);
        models.next().started(2, 0).says("mine").ends(Finish.Reason.STOP);

        assertThat(asked.get(20, TimeUnit.SECONDS).header("x-peerllm-why")).isEqualTo("here");
    }

    @Test
    void theNetworkIsNotEvenAskedForItsModelsWhileTheAnswerStaysHere() throws Exception {
        program.mode(Mode.AUTOMATIC);
        Future<Response> asked =
                CompletableFuture.supplyAsync(() -> program.post(CHAT, chat("sprout", "")), Thread.ofVirtual()::start);
        models.next().started(2, 0).says("mine").ends(Finish.Reason.STOP);

        assertThat(asked.get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
        assertThat(network.getRequestCount()).isZero();
    }

    @Test
    void passesAStreamOnAsItComesAndEndsTheNetworksWorkWhenTheProgramLeaves() throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalApiTester other = new LocalApiTester(folder, models, "ws://127.0.0.1:" + raw.getLocalPort())) {
            Future<Response> asked = CompletableFuture.supplyAsync(
                    () -> other.post(CHAT, chat("network/owl", "\"stream\":true")), Thread.ofVirtual()::start);
            try (Socket there = raw.accept()) {
                readRequest(there);
                say(
                        there,
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: 1\n\n");
                try (Response response = asked.get(20, TimeUnit.SECONDS)) {
                    BufferedSource source = response.body().source();
                    assertThat(source.readUtf8Line()).isEqualTo("data: 1");
                    say(there, "data: 2\n\n");
                    source.readUtf8Line();
                    assertThat(source.readUtf8Line()).isEqualTo("data: 2");
                }
                there.setSoTimeout(20_000);
                assertThat(endOf(there)).isTrue();
            }
        }
    }

    @Test
    void aStreamThatTheNetworkBreaksOffEndsWithAnError() throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalApiTester other = new LocalApiTester(folder, models, "ws://127.0.0.1:" + raw.getLocalPort())) {
            Future<Response> asked = CompletableFuture.supplyAsync(
                    () -> other.post(CHAT, chat("network/owl", "\"stream\":true")), Thread.ofVirtual()::start);
            try (Socket there = raw.accept()) {
                readRequest(there);
                say(
                        there,
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            }
            assertThat(text(asked.get(20, TimeUnit.SECONDS)))
                    .startsWith("data: 1")
                    .contains("event: error", "network_lost")
                    .doesNotContain("[DONE]");
        }
    }

    private static void readRequest(Socket socket) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        int length = 0;
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
        }
        for (int i = 0; i < length; i++) lines.read();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** A reset is an end too. */
    private static boolean endOf(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static MockResponse error(int status, String code) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("content-type", "application/json")
                .body("{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"param\":null,\"code\":\"" + code + "\"}}")
                .build();
    }
}
