package com.peerllm.orchestrator;

import com.peerllm.orchestrator.storage.DatabaseAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Copies the data folder of an orchestrator, which may be running. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copy the data folder, also of a running orchestrator. The copy holds its key.")
final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private OrchestratorCommand orchestrator;

    @Parameters(paramLabel = "FOLDER", description = "Where to; it must not be there yet.")
    private Path to;

    @Override
    public Integer call() {
        boolean embedded = orchestrator.database() instanceof DatabaseAddress.Embedded;
        Backup.Content content = Backup.of(orchestrator.data(), to, embedded);
        print("Copied " + content.bytes() + " bytes to " + to
                + (embedded ? ", with all changes up to number " + content.changes() + "." : "."));
        if (!embedded) print("The database is not in it: dump that now, with pg_dump.");
        return ExitCode.OK.number;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
