package com.peerllm.host.cli;

import com.peerllm.host.HostVersion;
import com.peerllm.host.Surroundings;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.kernel.HostException;
import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of a host: what stands after {@code peerllm host}. Every error is one sentence and an exit code. */
public final class HostCommandLine {
    private static final Logger log = LoggerFactory.getLogger(HostCommandLine.class);

    private final Surroundings around;
    private final StopRequest stop;
    private final Questions questions;

    /** @param stop ends a host that runs */
    public HostCommandLine(Surroundings around, StopRequest stop) {
        this(around, stop, Questions.ofThisTerminal());
    }

    HostCommandLine(Surroundings around, StopRequest stop, Questions questions) {
        this.around = around;
        this.stop = stop;
        this.questions = questions;
    }

    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Top())
                .addSubcommand(new StartCommand(around, stop))
                .addSubcommand(new SetupCommand(around, stop, questions))
                .addSubcommand(new CheckCommand(around))
                .addSubcommand(new BenchmarkCommand(around, stop))
                .addSubcommand(new CommandLine(new ModelsCommand(around, stop))
                        .addSubcommand(new PricesCommand(around))
                        .addSubcommand(new CatalogCommand(around))
                        .addSubcommand(new DownloadCommand(around, stop))
                        .addSubcommand(new ForgetDigestCommand(around)))
                .addSubcommand(new CatalogToolCommand(around, stop))
                .addSubcommand(new ReleaseToolCommand(around))
                .addSubcommand(new UpdateCommand(around, stop))
                .addSubcommand(new ApiCommand(around))
                .addSubcommand(new KeyCommand(around))
                .addSubcommand(new EarningsCommand(around))
                .addSubcommand(new PayoutCommand(around))
                .addSubcommand(new ReceiptsCommand(around))
                .addSubcommand(new ReputationCommand(around))
                .addSubcommand(new StatusCommand(around))
                .addSubcommand(new StopCommand(around))
                .addSubcommand(new RulesCommand(around))
                .addSubcommand(new PauseCommand(around))
                .addSubcommand(new ResumeCommand(around))
                .addSubcommand(new ShareNowCommand(around))
                .addSubcommand(new DoctorCommand(around, stop))
                .addSubcommand(new LogsCommand(around, stop))
                .addSubcommand(new ServiceCommand(around))
                .addSubcommand(new RemoveDataCommand(around, questions));
        line.setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec().version("peerllm-host " + HostVersion.text());
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.documented());
        line.setParameterExceptionHandler(HostCommandLine::wrongArguments);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return line.execute(arguments);
    }

    private static int wrongArguments(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(failure.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception failure, CommandLine command) {
        ExitCode code = code(failure);
        command.getErr().println(sentence(failure));
        log.info("The command ended with {}", code, failure);
        return code.number();
    }

    private static ExitCode code(Exception failure) {
        return switch (failure) {
            case HostException e -> ExitCode.of(e.problem());
            case EngineException e -> ExitCode.of(e.failure().code());
            default -> ExitCode.UNEXPECTED;
        };
    }

    private static String sentence(Exception failure) {
        return switch (failure) {
            case HostException e -> e.sentence();
            case EngineException e -> e.failure().sentence();
            case CancellationException e -> "Cancelled; nothing was changed.";
            default ->
                "Something unexpected happened (" + failure.getClass().getSimpleName()
                        + "). logs/host.log in the data folder says more.";
        };
    }

    @Command(
            name = "peerllm host",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Runs AI models on this computer for the PeerLLM network, without a screen.")
    private static final class Top {}
}
