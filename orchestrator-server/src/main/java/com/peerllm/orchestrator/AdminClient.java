package com.peerllm.orchestrator;

import com.peerllm.orchestrator.accounts.Accounts;
import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.HostEnrolment;
import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.admin.AdminException;
import com.peerllm.orchestrator.admin.Administration;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerSettings;
import com.peerllm.orchestrator.ledger.ReceiptIssuer;
import com.peerllm.orchestrator.ledger.SecretFolder;
import com.peerllm.orchestrator.ledger.SoundTables;
import com.peerllm.orchestrator.payouts.CsvProvider;
import com.peerllm.orchestrator.payouts.PayoutRules;
import com.peerllm.orchestrator.payouts.Payouts;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.transparency.LogAtRest;
import com.peerllm.orchestrator.vouchers.Vouchers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings an administration command to where the database is open: the running orchestrator, or, when none runs, this
 * process itself.
 */
final class AdminClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path data;
    private final DatabaseAddress database;
    private final PayoutRules payouts;

    AdminClient(Path data, DatabaseAddress database) {
        this(data, database, PayoutRules.STANDARD);
    }

    /** @param payouts the rules that count when no orchestrator runs */
    AdminClient(Path data, DatabaseAddress database, PayoutRules payouts) {
        this.data = data;
        this.database = database;
        this.payouts = payouts;
    }

    /**
     * Whether the running orchestrator takes requests.
     *
     * @param report what it says of itself, as JSON
     */
    record Readiness(boolean ready, String report) {}

    JsonNode run(AdminCommand command) {
        Optional<DataFolder.Running> running = running();
        Optional<JsonNode> answer = running.isPresent() ? ask(running.get(), command) : Optional.empty();
        return answer.orElseGet(() -> runHere(command));
    }

    /** @throws AdminException when none runs */
    Readiness readiness() {
        DataFolder.Running running = running().orElseThrow(() -> noneRuns(data));
        HttpRequest request = HttpRequest.newBuilder(URI.create(running.url() + "/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpResponse<String> answer = send(request, running).orElseThrow(() -> noneRuns(data));
        return new Readiness(answer.statusCode() == 200, answer.body());
    }

    private static AdminException noneRuns(Path data) {
        return new AdminException(
                AdminException.Kind.UNAVAILABLE,
                "No orchestrator runs on " + data + ". Start it, or name its folder with --data.");
    }

    private Optional<DataFolder.Running> running() {
        return new DataFolder(data)
                .running()
                .filter(found -> ProcessHandle.of(found.pid()).isPresent());
    }

    /** @return empty when nobody listens: a note of a program that was killed, whose process number another one has now */
    private Optional<JsonNode> ask(DataFolder.Running running, AdminCommand command) {
        String body = JSON.writerFor(AdminCommand.class).writeValueAsString(command);
        HttpRequest request = HttpRequest.newBuilder(URI.create(running.url() + "/admin/command"))
                .timeout(command instanceof AdminCommand.CheckLog ? Duration.ofHours(1) : Duration.ofSeconds(30))
                .header("authorization", "Bearer " + running.adminToken())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return send(request, running).map(answer -> {
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new AdminException(
                        AdminException.Kind.INVALID,
                        json.path("error").path("message").asString("The orchestrator refused."));
            }
            return json;
        });
    }

    private static Optional<HttpResponse<String>> send(HttpRequest request, DataFolder.Running running) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AdminException(
                    AdminException.Kind.UNAVAILABLE,
                    "The orchestrator at " + running.url() + " does not answer. Is it stopping?");
        } catch (InterruptedException e) {
            throw new AdminException(AdminException.Kind.UNAVAILABLE, "Interrupted before the orchestrator answered");
        }
    }

    private JsonNode runHere(AdminCommand command) {
        InstantSource clock = InstantSource.system();
        DataFolder folder = new DataFolder(data);
        SecretFolder pseudonyms = folder.consumerSecrets(new SecureRandom());
        try (ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
                Database open = SoundTables.open(database);
                Ledger ledger = Ledger.open(
                        open,
                        new ReceiptIssuer("peerllm", folder.identity(), pseudonyms),
                        pseudonyms,
                        leaves -> {},
                        LedgerSettings.STANDARD.withoutStateAtStart(),
                        clock,
                        System::nanoTime,
                        Thread.ofPlatform().name("ledger-journal").factory(),
                        callbacks)) {
            Administration administration = new Administration(
                    new Accounts(ledger),
                    new ApiKeys(open, new SecureRandom(), clock),
                    new HostEnrolment(open, ledger, clock, Integer.MAX_VALUE),
                    new ModelCatalogue(open, OrchestratorConfig.DEFAULT_PRICE),
                    ledger,
                    new Vouchers(open, ledger, new SecureRandom(), clock),
                    new Payouts(open, ledger, folder.payees(), folder.payoutFiles(), payouts, new CsvProvider(), clock),
                    clock,
                    new LogAtRest(folder.log(), open, folder.identity().publicKey())::check,
                    (host, reason) -> {},
                    digest -> {});
            return JSON.valueToTree(administration.run(command, Administration.COMMAND_LINE));
        }
    }
}
