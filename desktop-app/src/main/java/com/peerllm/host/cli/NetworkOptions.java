package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.earnings.PayoutClient;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.IdentityFile;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.settings.SettingsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Option;

/** The options of commands that ask an orchestrator this host has served about its payouts. */
final class NetworkOptions {
    @Option(
            names = "--orchestrator",
            paramLabel = "URL",
            description = "The orchestrator to ask. Without it: that of settings.json, else the one on this computer.")
    String orchestrator;

    @Option(names = "--allow-plaintext", description = "Ask another computer without encryption.")
    boolean allowPlaintext;

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) to trust besides the usual ones.")
    Path ca;

    /** The orchestrator that is asked, if this host has ever served it; a running host has the folder, this only reads. */
    Optional<MetOrchestrator> met(AppFolders folders, Surroundings around) {
        if (!Files.exists(folders.identityKey())) return Optional.empty();
        HostSettings settings = settings(folders, around);
        return Optional.ofNullable(
                settings.metOrchestrators().get(address(settings).text()));
    }

    /** How many orchestrators this host has ever served. */
    int metInAll(AppFolders folders, Surroundings around) {
        return settings(folders, around).metOrchestrators().size();
    }

    /** @throws HostException {@code USAGE} when this host has never served the orchestrator */
    <T> T ask(AppFolders folders, Surroundings around, BiFunction<PayoutClient, MetOrchestrator, T> question) {
        OrchestratorAddress address = address(settings(folders, around));
        MetOrchestrator known = met(folders, around)
                .orElseThrow(() -> new HostException(
                        Problem.USAGE,
                        "The host of this data folder has never served " + address
                                + ". `peerllm host start` does; --orchestrator and --data name another."));
        OkHttpClient http = LinkHttp.client(Optional.ofNullable(ca), around.threads());
        try {
            PayoutClient client = new PayoutClient(
                    http, address, known.name(), IdentityFile.readOrCreate(folders.identityKey()), around.clock());
            return question.apply(client, known);
        } finally {
            LinkHttp.close(http);
        }
    }

    private static HostSettings settings(AppFolders folders, Surroundings around) {
        return new SettingsStore(folders.settings(), around.clock()).current().get();
    }

    private OrchestratorAddress address(HostSettings settings) {
        String given =
                Optional.ofNullable(orchestrator).or(settings::orchestrator).orElse(StartCommand.ON_THIS_COMPUTER);
        return OrchestratorAddress.parse(given, allowPlaintext);
    }
}
