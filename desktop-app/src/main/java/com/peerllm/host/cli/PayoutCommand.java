package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host payout}: what the network owes this host and has paid it, and how it wants to be paid. */
@Command(
        name = "payout",
        mixinStandardHelpOptions = true,
        description = "Tell what the network owes this host and has paid it; set how it is paid.")
final class PayoutCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Mixin
    NetworkOptions network;

    PayoutCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        PayoutStatement statement = network.ask(common.folders(around), around, (client, known) -> client.statement());
        if (common.json) Json.print(spec.commandLine().getOut(), statement);
        else new PayoutText(spec.commandLine().getOut(), ZoneId.systemDefault()).print(statement);
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Say how this host is paid. Only the orchestrator's operator sees it, and whoever pays.")
    int set(
            @Mixin CommonOptions where,
            @Mixin NetworkOptions asked,
            @Option(
                            names = "--method",
                            required = true,
                            paramLabel = "WORD",
                            description = "Such as iban; the operator says what is possible.")
                    String method,
            @Option(
                            names = "--to-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "A file with the details, one line of up to 200 characters; - reads them from"
                                    + " standard input.")
                    Path file) {
        PayeeDetails payee = details(method, file);
        asked.ask(where.folders(around), around, (client, known) -> {
            client.set(Optional.of(payee));
            return known;
        });
        spec.commandLine().getOut().println("The network knows how to pay this host, by " + payee.method() + ".");
        return ExitCode.OK.number();
    }

    @Command(mixinStandardHelpOptions = true, description = "Have it erased how this host is paid.")
    int erase(@Mixin CommonOptions where, @Mixin NetworkOptions asked) {
        asked.ask(where.folders(around), around, (client, known) -> {
            client.set(Optional.empty());
            return known;
        });
        spec.commandLine().getOut().println("The network does not know any more how to pay this host.");
        return ExitCode.OK.number();
    }

    private static PayeeDetails details(String method, Path file) {
        try {
            return new PayeeDetails(method, GivenText.read(file, "The details"));
        } catch (IllegalArgumentException e) {
            throw new HostException(Problem.USAGE, e.getMessage() + ".", e);
        }
    }
}
