package com.peerllm.desktop;

import com.peerllm.host.LinkOptions;
import com.peerllm.host.Surroundings;
import com.peerllm.host.platform.AppFolders;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What may stand after {@code peerllm desktop}. */
@Command(
        name = "peerllm desktop",
        mixinStandardHelpOptions = true,
        description = "Runs AI models on this computer for the PeerLLM network, with a window.")
final class DesktopOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder, instead of the one that the operating system's custom names.")
    private Path data;

    @Option(
            names = "--allow-plaintext",
            description = "Connect to another computer without encryption: for a network that you trust.")
    private boolean allowPlaintext;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust besides those that Java trusts.")
    private Path ca;

    AppFolders folders(Surroundings around) {
        return data == null ? around.standardFolders() : new AppFolders(data);
    }

    LinkOptions link() {
        return new LinkOptions(allowPlaintext, Optional.ofNullable(ca));
    }
}
