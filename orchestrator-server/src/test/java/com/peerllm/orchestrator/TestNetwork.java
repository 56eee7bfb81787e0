package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.api.DoorLimits;
import com.peerllm.orchestrator.api.HttpDoor;
import com.peerllm.orchestrator.audit.AuditRule;
import com.peerllm.orchestrator.hosts.HubLimits;
import com.peerllm.orchestrator.jobs.JobLimits;
import com.peerllm.orchestrator.payouts.PayoutRules;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.transparency.LogSettings;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real orchestrator in this process, on a real port with a real database, and a consumer to call it. */
final class TestNetwork implements AutoCloseable {
    /** Longer than any pause of a busy test machine. */
    static final JobLimits PATIENT = new JobLimits(Duration.ofSeconds(15), Duration.ofSeconds(15), 2, 3);

    static final JsonMapper JSON = JsonMapper.builder().build();

    final OkHttpClient client;
    final Path data;
    private final DatabaseAddress database;
    private final ContractCheck contract = new ContractCheck();
    private final String scheme;
    private final Orchestrator orchestrator;

    TestNetwork(Path data) {
        this(data, new OkHttpClient(), Optional.empty(), PATIENT);
    }

    /** @param database in place of the one in the data folder */
    TestNetwork(Path data, DatabaseAddress database) {
        this(
                data,
                database,
                new OkHttpClient(),
                new HttpDoor.Address("127.0.0.1", 0, Optional.empty()),
                PATIENT,
                AuditRule.STANDARD,
                LogSettings.STANDARD,
                PayoutRules.STANDARD);
    }

    /** @param door what a connection may do */
    TestNetwork(Path data, DoorLimits door) {
        this(
                data,
                new OkHttpClient(),
                new HttpDoor.Address("127.0.0.1", 0, Optional.empty(), door),
                PATIENT,
                AuditRule.STANDARD);
    }

    TestNetwork(Path data, AuditRule audits) {
        this(data, new OkHttpClient(), new HttpDoor.Address("127.0.0.1", 0, Optional.empty()), PATIENT, audits);
    }

    /** @param log how the transparency log is published */
    TestNetwork(Path data, LogSettings log) {
        this(
                data,
                new DatabaseAddress.Embedded(data),
                new OkHttpClient(),
                new HttpDoor.Address("127.0.0.1", 0, Optional.empty()),
                PATIENT,
                AuditRule.STANDARD,
                log,
                PayoutRules.STANDARD);
    }

    /** @param tls PEM files of a certificate that the client trusts; empty for plain HTTP */
    TestNetwork(Path data, OkHttpClient client, Optional<HttpDoor.Tls> tls, JobLimits limits) {
        this(data, client, new HttpDoor.Address("127.0.0.1", 0, tls), limits, AuditRule.STANDARD);
    }

    /** @param payouts who is paid out how much, and when */
    TestNetwork(Path data, PayoutRules payouts) {
        this(
                data,
                new DatabaseAddress.Embedded(data),
                new OkHttpClient(),
                new HttpDoor.Address("127.0.0.1", 0, Optional.empty()),
                PATIENT,
                AuditRule.STANDARD,
                LogSettings.STANDARD,
                payouts);
    }

    private TestNetwork(Path data, OkHttpClient client, HttpDoor.Address address, JobLimits limits, AuditRule audits) {
        this(
                data,
                new DatabaseAddress.Embedded(data),
                client,
                address,
                limits,
                audits,
                LogSettings.STANDARD,
                PayoutRules.STANDARD);
    }

    private TestNetwork(
            Path data,
            DatabaseAddress database,
            OkHttpClient client,
            HttpDoor.Address address,
            JobLimits limits,
            AuditRule audits,
            LogSettings log,
            PayoutRules payouts) {
        this.data = data;
        this.database = database;
        this.client = client.newBuilder()
                .readTimeout(20, TimeUnit.SECONDS)
                .addInterceptor(contract)
                .build();
        scheme = address.tls().isPresent() ? "https" : "http";
        orchestrator = Orchestrator.start(new OrchestratorConfig(
                data,
                database,
                "test-network",
                address,
                OrchestratorConfig.DEFAULT_PRICE,
                RevenueSplit.STANDARD,
                limits,
                audits,
                HubLimits.STANDARD,
                RateLimits.Defaults.NONE,
                Duration.ofMillis(200),
                Optional.of(new HttpDoor.Address("127.0.0.1", 0, Optional.empty())),
                log,
                payouts));
    }

    String url() {
        return scheme + "://127.0.0.1:" + orchestrator.port();
    }

    int port() {
        return orchestrator.port();
    }

    /** What Prometheus would read. */
    String metrics() {
        return call(new Request.Builder()
                        .url("http://127.0.0.1:" + orchestrator.metricsPort() + "/metrics")
                        .build())
                .body();
    }

    JsonNode admin(AdminCommand command) {
        return new AdminClient(data, database).run(command);
    }

    /** An account with so many dollars, and its key. */
    String consumer(String name, String dollars) {
        admin(new AdminCommand.CreateAccount(name));
        if (!dollars.equals("0")) {
            admin(new AdminCommand.TopUp(name, Credits.parseDollars(dollars), "topup-" + name));
        }
        return admin(new AdminCommand.CreateKey(name, "")).path("secret").asString();
    }

    Answer get(String path, String key) {
        return call(new Request.Builder()
                .url(url() + path)
                .header("authorization", "Bearer " + key)
                .build());
    }

    /** A request to the administration; the body may be empty. */
    Answer administer(String method, String path, String key, String body) {
        boolean bodiless = method.equals("GET") || method.equals("DELETE") && body.isEmpty();
        return call(new Request.Builder()
                .url(url() + "/admin/v1/" + path)
                .header("authorization", "Bearer " + key)
                .method(method, bodiless ? null : RequestBody.create(body, MediaType.get("application/json")))
                .build());
    }

    /** A key of an account that is there, with these terms. */
    String key(String account, KeyTerms terms) {
        return admin(new AdminCommand.CreateKey(account, "", Optional.of(terms)))
                .path("secret")
                .asString();
    }

    Answer chat(String key, String body) {
        return call(chatRequest(key, body));
    }

    Answer chat(String key, byte[] body) {
        return call(new Request.Builder()
                .url(url() + "/v1/chat/completions")
                .header("authorization", "Bearer " + key)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build());
    }

    /** The same with one header more. */
    Answer chat(String key, String body, String header, String value) {
        return call(chatRequest(key, body).newBuilder().header(header, value).build());
    }

    Answer completion(String key, String body) {
        return call(request("/v1/completions", key, body));
    }

    /** Sends a request of the test's own. */
    Answer send(Request request) {
        return call(request);
    }

    Answer embeddings(String key, String body) {
        return call(request("/v1/embeddings", key, body));
    }

    Request chatRequest(String key, String body) {
        return request("/v1/chat/completions", key, body);
    }

    Request request(String path, String key, String body) {
        return new Request.Builder()
                .url(url() + path)
                .header("authorization", "Bearer " + key)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
    }

    private Answer call(Request request) {
        try (Response response = client.newCall(request).execute()) {
            return new Answer(
                    response.code(), response.headers(), response.body().string());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    static String question(String extras) {
        return "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                + extras + "}";
    }

    static String beginning(String extras) {
        return "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"prompt\":\"Once upon\"" + extras + "}";
    }

    /** The same with a system prompt of the consumer's own, so that a template has no reason to add one. */
    static String questionWithSystem(String extras) {
        return question(extras)
                .replace("[{\"role\":\"user\"", "[{\"role\":\"system\",\"content\":\"\"},{\"role\":\"user\"");
    }

    /** Balance of every account that has one, by its name. */
    JsonNode balances() {
        return admin(new AdminCommand.Balances());
    }

    long posted(String account) {
        for (JsonNode each : balances().path("accounts")) {
            if (each.path("account").asString().equals(account))
                return each.path("posted_nanodollars").asLong();
        }
        return 0;
    }

    /** An HTTP answer with its parts. */
    record Answer(int status, okhttp3.Headers headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String code() {
            return json().path("error").path("code").asString("");
        }

        String text() {
            return json().path("choices")
                    .path(0)
                    .path("message")
                    .path("content")
                    .asString();
        }

        /** The events of a stream, each the text after {@code data: }. */
        List<String> events() {
            List<String> events = new ArrayList<>();
            for (String line : body.split("\n")) if (line.startsWith("data: ")) events.add(line.substring(6));
            return events;
        }

        /** The events of a stream but the last, as JSON. */
        List<JsonNode> chunks() {
            return events().stream()
                    .filter(event -> !event.equals("[DONE]"))
                    .map(JSON::readTree)
                    .toList();
        }

        /** All delta texts of a stream, joined. */
        String streamedText() {
            return streamed(0, "content");
        }

        /** All deltas of one field of one choice of a stream, joined. */
        String streamed(int choice, String field) {
            StringBuilder text = new StringBuilder();
            for (JsonNode delta : deltas(choice)) text.append(delta.path(field).asString(""));
            return text.toString();
        }

        /** The deltas of one choice of a stream. */
        List<JsonNode> deltas(int choice) {
            List<JsonNode> deltas = new ArrayList<>();
            for (JsonNode chunk : chunks()) {
                for (JsonNode each : chunk.path("choices")) {
                    if (each.path("index").asInt() == choice) deltas.add(each.path("delta"));
                }
            }
            return deltas;
        }
    }

    /** Fails when the ledger does not add up, or when something stays set aside. */
    void closeWhenAllIsPaid() {
        try (TestNetwork running = this) {
            await().untilAsserted(() -> {
                JsonNode report = running.admin(new AdminCommand.Audit());
                assertThat(report.path("clean").asBoolean())
                        .as(report.toString())
                        .isTrue();
                assertThat(report.path("open_holds").asInt()).isZero();
            });
            assertThat(running.balances().path("sum_nanodollars").asLong()).isZero();
        }
    }

    /** Fails when something was said that is not in the endpoint's document. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        orchestrator.close();
        assertThat(contract.faults()).as("against docs/openapi.yaml").isEmpty();
    }
}
