package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.earnings.LogProofs;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code peerllm host receipts}: the proofs of payment that this host holds. */
@Command(
        name = "receipts",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List receipts and check them.")
final class ReceiptsCommand {
    private static final String MOST_LISTED = "100";
    private static final int ALL = Integer.MAX_VALUE;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Surroundings around;

    @Spec
    CommandSpec spec;

    ReceiptsCommand(Surroundings around) {
        this.around = around;
    }

    /** What one receipt is worth. */
    record Verified(JobId job, int segment, boolean holds, List<String> faults) {}

    @Command(mixinStandardHelpOptions = true, description = "List the latest receipts, newest first.")
    int list(
            @Mixin CommonOptions common,
            @Option(names = "--most", paramLabel = "N", defaultValue = MOST_LISTED, description = "How many at most.")
                    int most) {
        try (HostData data = common.open(around)) {
            List<StoredReceipt> receipts = data.receipts().latest(most);
            if (common.json) Json.print(out(), receipts);
            else receipts.forEach(this::print);
            return ExitCode.OK.number();
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Check the receipts of a file (one as JSON, or a list), or all that this host holds: signatures,"
                            + " price, shares.")
    int verify(
            @Mixin CommonOptions common,
            @Parameters(paramLabel = "FILE", arity = "0..1") Path file,
            @Option(
                            names = "--log",
                            paramLabel = "URL",
                            description = "Let the orchestrator at this address prove that each is in its log.")
                    String log,
            @Option(names = "--allow-plaintext", description = "Ask another computer without encryption.")
                    boolean allowPlaintext,
            @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) to trust besides the usual.")
                    Path ca) {
        List<Receipt> receipts = new java.util.ArrayList<>();
        List<Verified> results = file == null ? ownReceipts(common, receipts) : inFile(file, receipts);
        if (log != null) results = inLog(receipts, results, OrchestratorAddress.parse(log, allowPlaintext), ca);
        if (common.json) Json.print(out(), results);
        else print(results);
        boolean allHold = results.stream().allMatch(Verified::holds);
        return (allHold ? ExitCode.OK : ExitCode.RECEIPT_INVALID).number();
    }

    /** Adds what the log does not show. */
    private List<Verified> inLog(List<Receipt> receipts, List<Verified> results, OrchestratorAddress address, Path ca) {
        OkHttpClient http = LinkHttp.client(Optional.ofNullable(ca), around.threads());
        try {
            LogProofs proofs = new LogProofs(http, address);
            List<Verified> all = new java.util.ArrayList<>();
            long found = 0;
            for (int i = 0; i < receipts.size(); i++) {
                List<String> faults = new java.util.ArrayList<>(results.get(i).faults());
                Optional<String> missing = proofs.fault(receipts.get(i));
                missing.ifPresent(faults::add);
                if (missing.isEmpty()) found++;
                Verified before = results.get(i);
                all.add(new Verified(before.job(), before.segment(), faults.isEmpty(), faults));
            }
            spec.commandLine().getErr().println(found + " of " + receipts.size() + " receipts are in the log.");
            return all;
        } finally {
            LinkHttp.close(http);
        }
    }

    private List<Verified> ownReceipts(CommonOptions common, List<Receipt> receipts) {
        try (HostData data = common.open(around)) {
            List<PeerKey> known = data.settings().current().get().metOrchestrators().values().stream()
                    .map(met -> met.key())
                    .toList();
            return data.receipts().latest(ALL).stream()
                    .map(StoredReceipt::receipt)
                    .peek(receipts::add)
                    .map(receipt -> verified(receipt, known.contains(receipt.orchestratorKey())))
                    .toList();
        }
    }

    private static List<Verified> inFile(Path file, List<Receipt> all) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            // GET /v1/receipts/JOB gives an object whose data is the list.
            Receipt[] receipts = JSON.treeToValue(json.has("data") ? json.get("data") : json, Receipt[].class);
            all.addAll(List.of(receipts));
            return java.util.Arrays.stream(receipts)
                    .map(receipt -> verified(receipt, true))
                    .toList();
        } catch (IOException e) {
            throw new HostException(Problem.USAGE, "The file " + file + " cannot be read. Check the path.", e);
        } catch (JacksonException e) {
            throw new HostException(
                    Problem.USAGE,
                    "The file " + file + " holds no receipt. `peerllm host receipts list --json` prints them.",
                    e);
        }
    }

    /** @param orchestratorKnown whether the key that signed it may be taken at its word */
    private static Verified verified(Receipt receipt, boolean orchestratorKnown) {
        List<String> faults = new java.util.ArrayList<>(
                ReceiptVerifier.verify(receipt, Optional.empty()).faults());
        if (!orchestratorKnown) faults.add("It is signed by an orchestrator that this host never met");
        return new Verified(receipt.job(), receipt.segment(), faults.isEmpty(), faults);
    }

    private void print(List<Verified> results) {
        results.stream()
                .filter(result -> !result.holds())
                .forEach(result -> out().println(result.job() + " part " + result.segment() + " does not hold: "
                        + String.join("; ", result.faults())));
        long good = results.stream().filter(Verified::holds).count();
        out().println(good + " of " + results.size() + " receipts hold.");
    }

    private void print(StoredReceipt stored) {
        Receipt receipt = stored.receipt();
        String faults = stored.faults().isEmpty() ? "" : ": " + String.join("; ", stored.faults());
        out().println(Instant.ofEpochMilli(receipt.settledAtMillis()) + "  " + receipt.job() + "  " + receipt.model()
                + "  "
                + receipt.completionTokens() + " tokens  " + receipt.hostShare() + "  "
                + stored.status().name().toLowerCase(java.util.Locale.ROOT) + faults);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
