package com.peerllm.desktop;

import com.peerllm.host.LinkOptions;
import com.peerllm.host.Surroundings;
import com.peerllm.host.platform.AppFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Option(names = "--hidden", description = "Begin without a window: in the tray, or minimized where there is none.")
    private boolean hidden;

    boolean hidden() {
        return hidden;
    }

    @Parameters(paramLabel = "FILE", description = "Models (.gguf) to take in, as if they were dropped on the window.")
    private List<Path> files = List.of();

    List<Path> files() {
        return files;
    }

    AppFolders folders(Surroundings around) {
        return data == null ? around.standardFolders() : new AppFolders(data);
    }

    LinkOptions link() {
        return new LinkOptions(allowPlaintext, Optional.ofNullable(ca));
    }
}
