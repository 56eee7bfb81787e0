package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.OtherProgram;
import com.peerllm.host.service.HostService;
import com.peerllm.host.service.JavaCommand;
import com.peerllm.host.service.LaunchdService;
import com.peerllm.host.service.ScheduledTaskService;
import com.peerllm.host.service.SystemdService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host service}: lets the operating system start this host and keep it running. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Let the operating system start this host by itself: systemd, launchd or a scheduled task.")
final class ServiceCommand {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    ServiceCommand(Surroundings around) {
        this.around = around;
    }

    /** The options of every subcommand. */
    static final class ServiceOptions {
        @Option(
                names = "--system",
                description = "For the whole computer, without anybody signed in; needs an administrator. Linux only.")
        boolean system;
    }

    /** For programs. */
    record State(boolean installed, boolean running, Path file) {}

    @Command(mixinStandardHelpOptions = true, description = "Write the service's file and start it.")
    int install(
            @Mixin CommonOptions common,
            @Mixin ServiceOptions options,
            @Option(names = "--print", description = "Only print the file; change nothing.") boolean print) {
        HostService service = service(common, options);
        if (print) {
            out().print(service.content());
            out().flush();
            return ExitCode.OK.number();
        }
        write(service);
        for (List<String> command : service.startCommands()) run(command);
        out().println("Installed as " + service.file() + "; it runs now and after each "
                + (options.system ? "start of the computer." : "sign-in.")
                + service.hint().map(h -> " " + h).orElse(""));
        return ExitCode.OK.number();
    }

    @Command(mixinStandardHelpOptions = true, description = "Stop the service and remove its file; data stay.")
    int uninstall(@Mixin CommonOptions common, @Mixin ServiceOptions options) {
        HostService service = service(common, options);
        if (!Files.exists(service.file())) {
            out().println("It is not installed.");
            return ExitCode.OK.number();
        }
        for (List<String> command : service.stopCommands()) run(command);
        try {
            Files.delete(service.file());
        } catch (IOException e) {
            throw unwritable(service.file(), e);
        }
        service.afterRemoval().forEach(this::run);
        out().println("Removed. The data folder is as it was.");
        return ExitCode.OK.number();
    }

    @Command(mixinStandardHelpOptions = true, description = "Tell whether it is installed and running.")
    int status(@Mixin CommonOptions common, @Mixin ServiceOptions options) {
        HostService service = service(common, options);
        boolean installed = Files.exists(service.file());
        boolean running = installed && succeeds(service.statusCommand());
        if (common.json) Json.print(out(), new State(installed, running, service.file()));
        else
            out().println(
                            installed
                                    ? (running ? "Installed and running." : "Installed, not running.")
                                    : "Not installed.");
        return (running ? ExitCode.OK : ExitCode.NOT_RUNNING).number();
    }

    private HostService service(CommonOptions common, ServiceOptions options) {
        JavaCommand command = JavaCommand.ofThisProgram(around.properties(), Optional.ofNullable(common.data));
        Path home = Path.of(around.properties().getProperty("user.home", "."));
        Map<String, String> environment = around.environment();
        OperatingSystem os = OperatingSystem.of(around.properties().getProperty("os.name", ""));
        if (options.system && os != OperatingSystem.LINUX)
            throw new HostException(
                    Problem.USAGE, "--system is for Linux only. Leave it out: the service starts at sign-in.");
        return switch (os) {
            case LINUX ->
                options.system
                        ? SystemdService.ofTheSystem(command)
                        : SystemdService.ofTheUser(command, home, environment);
            case MACOS -> new LaunchdService(command, home);
            case WINDOWS ->
                new ScheduledTaskService(command, common.folders(around).data());
        };
    }

    private static void write(HostService service) {
        try {
            Files.createDirectories(service.file().getParent());
            Files.write(service.file(), service.content().getBytes(service.charset()));
        } catch (IOException e) {
            throw unwritable(service.file(), e);
        }
    }

    private static HostException unwritable(Path file, IOException e) {
        return new HostException(
                Problem.USAGE,
                "The file " + file + " cannot be written. Check its permissions; --system needs root.",
                e);
    }

    private void run(List<String> command) {
        if (!succeeds(command))
            throw new HostException(
                    Problem.USAGE,
                    "`" + String.join(" ", command) + "` failed. Run it yourself to see why; --print shows the file.");
    }

    private boolean succeeds(List<String> command) {
        try {
            Process process = OtherProgram.of(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean good = process.waitFor() == 0;
            if (!good) spec.commandLine().getErr().print(said);
            return good;
        } catch (IOException e) {
            spec.commandLine().getErr().println("There is no " + command.getFirst() + " here.");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
