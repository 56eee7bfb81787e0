package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.diagnostics.HostLog;
import com.peerllm.host.platform.AppFolders;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder, instead of the one that the operating system's custom names.")
    Path data;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    AppFolders folders(Surroundings around) {
        return data == null ? around.standardFolders() : new AppFolders(data);
    }

    /** Opens the data folder and logs into it. */
    HostData open(Surroundings around) {
        HostData opened = HostData.open(folders(around), around.clock());
        HostLog.alsoTo(opened.folders().logs());
        return opened;
    }
}
