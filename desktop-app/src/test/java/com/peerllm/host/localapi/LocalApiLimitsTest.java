package com.peerllm.host.localapi;

import static com.peerllm.host.localapi.LocalApiTester.chat;
import static com.peerllm.host.localapi.LocalApiTester.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.answering.StagedModels;
import com.peerllm.host.answering.StagedModels.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in to the endpoint of this computer, how much may come in, and what happens when a program leaves. */
@Timeout(60)
class LocalApiLimitsTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    Path folder;

    private final StagedModels models = new StagedModels();
    private LocalApiTester program;

    @BeforeEach
    void open() {
        program = new LocalApiTester(folder, models, "ws://127.0.0.1:1");
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void nobodyIsServedWithoutTheKeyAlsoOnThisComputer() {
        for (String wrong : List.of("", "Bearer ", "Bearer local_wrong", "Basic " + program.key.current())) {
            Response response = program.execute(new Request.Builder()
                    .url(program.url("/v1/models"))
                    .header("authorization", wrong)
                    .build());
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(json(response).at("/error/code").asString()).isEqualTo("invalid_api_key");
        }
        assertThat(program.execute(new Request.Builder()
                                .url(program.url("/healthz"))
                                .build())
                        .code())
                .isEqualTo(200);
    }

    @Test
    void aRenewedKeyCountsAtOnceAndIsItsOwnersOnly() throws Exception {
        Request withOldKey = program.request("/v1/models").build();
        assertThat(program.execute(withOldKey).code()).isEqualTo(200);

        new LocalApiKey(folder.resolve("local-api.key"), new java.security.SecureRandom()).renew();

        assertThat(program.execute(withOldKey).code()).isEqualTo(401);
        assertThat(program.get("/v1/models").code()).isEqualTo(200);
        assertThat(program.key.current()).matches("local_[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("local-api.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aPageInABrowserGetsNothing() {
        Response rebound = program.execute(
                program.request("/v1/models").header("host", "evil.example").build());
        assertThat(rebound.code()).isEqualTo(403);
        assertThat(json(rebound).at("/error/code").asString()).isEqualTo("wrong_host");
        Response preflight = program.execute(program.request(CHAT)
                .header("origin", "https://page.example")
                .method("OPTIONS", null)
                .build());
        assertThat(preflight.code()).isEqualTo(405);
        assertThat(preflight.headers().names()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsRead() {
        byte[] large = new byte[WholeRequests.MOST_BODY_BYTES + 1];
        Response response = program.execute(program.request(CHAT)
                .header("expect", "100-continue")
                .post(RequestBody.create(large, MediaType.get("application/json")))
                .build());
        assertThat(response.code()).isEqualTo(413);

        Response headers = program.execute(program.request("/v1/models")
                .header("x-long", "x".repeat(LocalDoor.MOST_HEADER_BYTES))
                .build());
        assertThat(headers.code()).isEqualTo(431);
        assertThat(json(headers).at("/error/code").asString()).isEqualTo("headers_too_large");
        assertThat(program.get("/" + "x".repeat(LocalDoor.MOST_LINE_BYTES)).code())
                .isEqualTo(414);
        assertThat(program.get("/v1/nothing").code()).isEqualTo(404);
        assertThat(program.get(CHAT).header("allow")).isEqualTo("POST");
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        try (Socket socket = connect()) {
            say(socket, "\u0001\u0002 hello\r\n\r\n");
            assertThat(heard(socket)).startsWith("HTTP/1.1 400").contains("invalid_http");
        }
    }

    @Test
    void oneConnectionMoreThanAllowedIsClosedAndOthersGoOn() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < LocalDoor.MOST_CONNECTIONS; i++) sockets.add(connect());
            try (Socket more = connect()) {
                assertThat(more.getInputStream().read()).isEqualTo(-1);
            }
            Socket first = sockets.getFirst();
            say(first, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(heard(first)).startsWith("HTTP/1.1 200").endsWith("{\"status\":\"ok\"}");
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    @Test
    void requestsThatComeBeforeTheirTurnAreAnsweredInOrder() throws Exception {
        try (Socket socket = connect()) {
            String chat = chat("sprout", "");
            say(
                    socket,
                    "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + program.key.current()
                            + "\r\nContent-Length: " + chat.length() + "\r\n\r\n" + chat
                            + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            models.next().started(1, 0).says("first").ends(com.peerllm.host.engine.Finish.Reason.STOP);
            assertThat(heard(socket)).containsSubsequence("\"first\"", "HTTP/1.1 200", "{\"status\":\"ok\"}");
        }
    }

    @Test
    void theAnswerEndsWhenTheProgramLeavesBeforeTheFirstTokenOfAWholeOne() throws Exception {
        assertThat(leaveDuring("")).isTrue();
    }

    @Test
    void theAnswerEndsWhenTheProgramLeavesAStream() throws Exception {
        assertThat(leaveDuring("\"stream\":true")).isTrue();
        assertThat(leaveDuring("\"stream\":true,\"n\":2")).isTrue();
    }

    /** @return whether the engine was told to end */
    private boolean leaveDuring(String more) throws Exception {
        Answer answer;
        try (Socket socket = connect()) {
            String chat = chat("sprout", more);
            say(
                    socket,
                    "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + program.key.current()
                            + "\r\nContent-Length: " + chat.length() + "\r\n\r\n" + chat);
            answer = models.next();
            if (more.contains("\"n\":2"))
                assertThat(models.next().isCancelled()).isFalse();
            assertThat(answer.isCancelled()).isFalse();
        }
        return answer.isCancelledSoon();
    }

    @Test
    void aProgramThatDoesNotReadIsCutOffAndItsAnswerEnds() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", program.port));
            String chat = chat("sprout", "\"stream\":true");
            say(
                    socket,
                    "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + program.key.current()
                            + "\r\nContent-Length: " + chat.length() + "\r\n\r\n" + chat);
            Answer answer = models.next().started(1, 0);
            String piece = "x".repeat(64 * 1024);
            for (int i = 0; i < 1_000 && !answer.isCancelled(); i++) answer.says(piece);
            assertThat(answer.isCancelledSoon()).isTrue();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", program.port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String heard(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
