package com.peerllm.host.cli;

import com.peerllm.host.StatusWords;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.reputation.EvidenceReplay;
import com.peerllm.host.reputation.ReputationClient;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.IdentityFile;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.Score;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host reputation}: what the network thinks of this host, and whether its evidence says the same. */
@Command(
        name = "reputation",
        mixinStandardHelpOptions = true,
        description = "Tell this host's scores and their parts; with --recompute, check them against the evidence.")
final class ReputationCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(
            names = "--orchestrator",
            paramLabel = "URL",
            description = "The orchestrator to ask. Without it: that of settings.json, else the one on this computer.")
    String orchestrator;

    @Option(names = "--allow-plaintext", description = "Ask another computer without encryption.")
    boolean allowPlaintext;

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) to trust besides the usual ones.")
    Path ca;

    @Option(
            names = "--recompute",
            description = "Download the evidence and compute the scores from it with the published formula.")
    boolean recompute;

    ReputationCommand(Surroundings around) {
        this.around = around;
    }

    /** For programs. */
    record Answer(ReputationReport report, Optional<EvidenceReplay.Outcome> recomputed) {}

    /** A running host has the data folder; this only reads its identity and settings. */
    @Override
    public Integer call() {
        AppFolders folders = common.folders(around);
        HostSettings settings =
                new SettingsStore(folders.settings(), around.clock()).current().get();
        OrchestratorAddress address = address(settings);
        OkHttpClient http = LinkHttp.client(Optional.ofNullable(ca), around.threads());
        try {
            ReputationClient client = new ReputationClient(http, address, identity(folders), around.clock());
            ReputationReport report = client.report();
            requireSame(report, address, settings);
            Optional<EvidenceReplay.Outcome> recomputed =
                    recompute ? Optional.of(EvidenceReplay.of(report, client)) : Optional.empty();
            if (common.json) Json.print(out(), new Answer(report, recomputed));
            else print(report, recomputed);
            boolean equal = recomputed.stream()
                    .allMatch(outcome -> outcome.differences().isEmpty());
            return (equal ? ExitCode.OK : ExitCode.REPUTATION_DIFFERS).number();
        } finally {
            LinkHttp.close(http);
        }
    }

    private OrchestratorAddress address(HostSettings settings) {
        String given =
                Optional.ofNullable(orchestrator).or(settings::orchestrator).orElse(StartCommand.ON_THIS_COMPUTER);
        return OrchestratorAddress.parse(given, allowPlaintext);
    }

    /** The request for evidence is signed for a name; who claims another's could pass it on. */
    private static void requireSame(ReputationReport report, OrchestratorAddress address, HostSettings settings) {
        MetOrchestrator met = settings.metOrchestrators().get(address.text());
        if (met == null || met.name().equals(report.orchestrator())) return;
        throw new HostException(
                Problem.ORCHESTRATOR,
                "The orchestrator at " + address + " calls itself " + report.orchestrator() + "; this host knows it as "
                        + met.name() + ". Check the address.");
    }

    private static PeerIdentity identity(AppFolders folders) {
        if (!Files.exists(folders.identityKey())) {
            throw new HostException(
                    Problem.USAGE,
                    "There is no host in this data folder yet. `peerllm host start` makes one; --data names another"
                            + " folder.");
        }
        return IdentityFile.readOrCreate(folders.identityKey());
    }

    private void print(ReputationReport report, Optional<EvidenceReplay.Outcome> recomputed) {
        out().println(report.host() + " at " + report.orchestrator() + ", formula " + report.formulaVersion()
                + (report.connected() ? "" : ", not connected now"));
        if (report.models().isEmpty()) out().println("It has not answered anything yet.");
        report.models().forEach(this::print);
        if (report.excludedUntilMillis() > report.computedAtMillis()) {
            out().println("Excluded until "
                    + StatusWords.moment(Instant.ofEpochMilli(report.excludedUntilMillis()), ZoneId.systemDefault())
                    + ", because it was caught in a lie. docs/reputation.md tells what counts as one.");
        }
        recomputed.ifPresent(this::print);
    }

    private void print(ReputationReport.OfModel each) {
        Score score = each.score();
        out().println(String.format(
                Locale.ROOT,
                "model %s: score %.4f = honesty %.0f x success %.4f^2 x speed %.4f x sqrt(uptime %.4f)%s; %d answers,"
                        + " %d failures",
                each.model().shortForm(),
                score.value(),
                score.honesty(),
                score.success(),
                score.speed(),
                score.uptime(),
                score.newcomer() ? ", a newcomer" : "",
                each.history().answers(),
                each.history().failures()));
    }

    private void print(EvidenceReplay.Outcome outcome) {
        String from = "from " + outcome.pieces() + " pieces of evidence"
                + (outcome.folded() == 0 ? "" : " and the sum of " + outcome.folded() + " older ones");
        if (outcome.differences().isEmpty()) {
            out().println("Recomputed " + from + ": equal.");
        } else {
            out().println("Recomputed " + from + ": DIFFERS.");
            outcome.differences().forEach(out()::println);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
