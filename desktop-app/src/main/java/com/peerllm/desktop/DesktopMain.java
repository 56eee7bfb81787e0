package com.peerllm.desktop;

import com.peerllm.host.HostVersion;
import com.peerllm.host.Surroundings;
import com.peerllm.host.cli.ExitCode;
import com.peerllm.host.diagnostics.HostLog;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program {@code peerllm desktop}. Not a JavaFX application itself, so that it starts from a plain class path. */
public final class DesktopMain {
    private static final Logger log = LoggerFactory.getLogger(DesktopMain.class);

    private static final int HAND_OVER_TRIES = 10;
    private static final long HAND_OVER_PAUSE_MILLIS = 200;

    /** Holds the filter: java.util.logging forgets a logger that nobody holds. */
    private static final java.util.logging.Logger JAVAFX_LOG = java.util.logging.Logger.getLogger("javafx");

    private DesktopMain() {}

    public static void main(String[] arguments) {
        HostLog.toTerminal();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> log.error("Unexpected on {}", thread.getName(), e));
        // JavaFX warns at each start from a class path, which works and is how this program is started.
        JAVAFX_LOG.setFilter(
                record -> !String.valueOf(record.getMessage()).startsWith("Unsupported JavaFX configuration"));
        int code = run(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
        HostLog.close();
        System.exit(code);
    }

    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        DesktopOptions options = new DesktopOptions();
        CommandLine line = new CommandLine(options).setOut(out).setErr(err);
        line.getCommandSpec().version("peerllm-desktop " + HostVersion.text());
        try {
            line.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            err.println(e.getMessage());
            err.println("Try: peerllm desktop --help");
            return ExitCode.USAGE.number();
        }
        if (CommandLine.printHelpIfRequested(line.getParseResult())) return ExitCode.OK.number();
        AppFolders folders = options.folders(Surroundings.ofThisProgram());
        Optional<String> inUse = otherInstance(folders);
        if (inUse.isPresent() && isHanded(folders, options.files())) return ExitCode.OK.number();
        inUse.ifPresent(err::println);
        return launch(arguments, err, inUse.isPresent() ? ExitCode.DATA_FOLDER_IN_USE : ExitCode.OK);
    }

    /** The window tells it too, for who started the program from a menu; the application takes the lock itself. */
    private static Optional<String> otherInstance(AppFolders folders) {
        try (var _ = InstanceLock.take(folders)) {
            return Optional.empty();
        } catch (HostException e) {
            return Optional.of(e.sentence());
        }
    }

    /** Whether a window is open over the same folder and has taken over what was to be opened. */
    private static boolean isHanded(AppFolders folders, List<Path> files) {
        try {
            UnixDomainSocketAddress socket = WindowSocket.of(folders, Path.of(System.getProperty("java.io.tmpdir")));
            for (int tries = 0; tries < HAND_OVER_TRIES; tries++) {
                if (SecondStart.handOver(socket, files)) return true;
                // It may just be starting; a host without a window never answers.
                Thread.sleep(HAND_OVER_PAUSE_MILLIS);
            }
        } catch (IOException e) {
            log.warn("No window could be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static int launch(String[] arguments, PrintWriter err, ExitCode afterwards) {
        try {
            Application.launch(DesktopApp.class, arguments);
            return afterwards.number();
        } catch (UnsupportedOperationException e) {
            err.println("No screen was found. Use `peerllm host start` to share without a window.");
            return ExitCode.UNEXPECTED.number();
        } catch (RuntimeException e) {
            log.error("The window could not be opened", e);
            return ExitCode.UNEXPECTED.number();
        }
    }
}
